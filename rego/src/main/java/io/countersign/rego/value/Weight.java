package io.countersign.rego.value;

import java.util.List;
import java.util.Map;

/** How large a value is when it is written out: what is shared within it counts each time it is met. */
public final class Weight {

    private final long most;
    private long weight;

    private Weight(long most) {
        this.most = most;
    }

    /** Elements and characters of a value; more than `most` as soon as that is clear. */
    public static long of(Value value, long most) {
        Weight counter = new Weight(most);
        counter.add(value);
        return counter.weight;
    }

    private void add(Value value) {
        weight++;
        switch (value) {
            case RegoString text -> weight += text.value().length();
            case RegoArray array -> addAll(array.list());
            case RegoSet set -> addAll(set.list());
            case RegoObject object -> {
                for (Map.Entry<Value, Value> entry : object.entries()) {
                    if (weight > most) {
                        return;
                    }
                    add(entry.getKey());
                    add(entry.getValue());
                }
            }
            default -> {}
        }
    }

    private void addAll(List<Value> items) {
        for (Value item : items) {
            if (weight > most) {
                return;
            }
            add(item);
        }
    }
}
