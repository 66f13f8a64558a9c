package io.countersign.rego.builtin;

import static io.countersign.rego.builtin.Builtins.add;
import static io.countersign.rego.builtin.Operands.string;

import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoBoolean;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.util.function.Function;

/** GraphQL queries and schemas, parsed and checked. */
final class GraphqlFunctions {

    private GraphqlFunctions() {}

    static void register() {
        String document = "any<string, object[any: any]>";
        add("graphql.parse_query", "string->object[any: any]", (host, a) -> new GraphqlParser(string(a, 0)).query());
        add("graphql.parse_schema", "string->object[any: any]", (host, a) -> new GraphqlParser(string(a, 0)).schema());
        add("graphql.schema_is_valid", document + "->boolean", (host, a) -> {
            try {
                GraphqlRules.of(schema(a[0]));
                return RegoBoolean.TRUE;
            } catch (BuiltinFailure failure) {
                return RegoBoolean.FALSE;
            }
        });
        add("graphql.is_valid", document + "," + document + "->boolean", (host, a) -> {
            try {
                checked(host, a);
                return RegoBoolean.TRUE;
            } catch (BuiltinFailure failure) {
                return RegoBoolean.FALSE;
            }
        });
        add(
                "graphql.parse",
                document + "," + document + "->array<object[any: any], object[any: any]>",
                (host, a) -> checked(host, a));
        add(
                "graphql.parse_and_verify",
                document + "," + document + "->array<boolean, object[any: any], object[any: any]>",
                (host, a) -> {
                    try {
                        RegoArray both = checked(host, a);
                        return RegoArray.of(RegoBoolean.TRUE, both.get(0), both.get(1));
                    } catch (BuiltinFailure failure) {
                        return RegoArray.of(RegoBoolean.FALSE, RegoObject.EMPTY, RegoObject.EMPTY);
                    }
                });
    }

    private static RegoObject schema(Value value) {
        return value instanceof RegoString text ? new GraphqlParser(text.value()).schema() : (RegoObject) value;
    }

    private static RegoArray checked(Host host, Value[] args) {
        host.fits(args[0]);
        host.fits(args[1]);
        RegoObject query;
        Function<Value, String> place = node -> "1:1";
        if (args[0] instanceof RegoString text) {
            GraphqlParser parser = new GraphqlParser(text.value());
            query = parser.query();
            place = parser::place;
        } else {
            query = (RegoObject) args[0];
        }
        RegoObject schema = schema(args[1]);
        GraphqlRules.of(schema).validate(host, query, place);
        return RegoArray.of(query, schema);
    }
}
