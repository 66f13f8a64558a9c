package io.countersign.rego.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns plain Java objects into values. */
public final class JavaValues {

    private JavaValues() {}

    /** The value of null, booleans, numbers, strings, collections and maps. Others are refused. */
    public static Value of(@Nullable Object object) {
        return switch (object) {
            case null -> RegoNull.NULL;
            case Value value -> value;
            case String text -> RegoString.of(text);
            case Boolean flag -> RegoBoolean.of(flag);
            case Integer number -> RegoNumber.of(number.longValue());
            case Long number -> RegoNumber.of(number);
            case Short number -> RegoNumber.of(number.longValue());
            case BigInteger number -> RegoNumber.of(number);
            case BigDecimal number -> RegoNumber.parse(number.toString());
            case Double number -> RegoNumber.parse(number.toString());
            case Float number -> RegoNumber.parse(number.toString());
            case Set<?> set -> RegoSet.of(list(set));
            case Collection<?> list -> RegoArray.of(list(list));
            case Map<?, ?> map -> {
                RegoObject.Builder builder = new RegoObject.Builder(map.size());
                map.forEach((key, value) -> builder.put(of(key), of(value)));
                yield builder.build();
            }
            default ->
                throw new IllegalArgumentException(
                        "no Rego value for a " + object.getClass().getName());
        };
    }

    private static List<Value> list(Collection<?> objects) {
        List<Value> values = new ArrayList<>(objects.size());
        objects.forEach(object -> values.add(of(object)));
        return values;
    }
}
