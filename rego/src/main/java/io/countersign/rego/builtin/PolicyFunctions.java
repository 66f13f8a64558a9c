package io.countersign.rego.builtin;

import static io.countersign.rego.builtin.Builtins.add;
import static io.countersign.rego.builtin.Operands.string;

import io.countersign.rego.syntax.ModuleDocument;
import io.countersign.rego.syntax.ParserOptions;
import io.countersign.rego.syntax.RegoFailure;
import io.countersign.rego.syntax.RegoModule;
import io.countersign.rego.syntax.RegoParser;
import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoBoolean;
import io.countersign.rego.value.RegoNull;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.util.List;

/** Functions about policies themselves. Metadata is put in its place when a policy is compiled. */
final class PolicyFunctions {

    private PolicyFunctions() {}

    static void register() {
        add("rego.parse_module", "string,string->object[string: any]", (host, a) -> {
            RegoModule module;
            try {
                module = RegoParser.module(string(a, 0), string(a, 1), ParserOptions.V1);
            } catch (RegoFailure failure) {
                throw BuiltinFailure.error(String.valueOf(failure.getMessage()));
            }
            return ModuleDocument.of(module);
        });
        add("rego.metadata.rule", "->any", (host, a) -> RegoObject.EMPTY);
        add("rego.metadata.chain", "->array[any]", (host, a) -> RegoArray.EMPTY);
        schemas();
    }

    private static void schemas() {
        String document = "any<string, object[any: any]>";
        add("json.verify_schema", document + "->array<boolean, any<null, string>>", (host, a) -> {
            String fault = JsonSchemas.fault(JsonSchemas.document(host, a[0], 1));
            return fault.isEmpty()
                    ? RegoArray.of(RegoBoolean.TRUE, RegoNull.NULL)
                    : RegoArray.of(RegoBoolean.FALSE, RegoString.of("jsonschema: " + fault));
        });
        add(
                "json.match_schema",
                document + "," + document
                        + "->array<boolean, array[object<desc: string, error: string, field: string, type: string>]>",
                (host, a) -> {
                    Value schema = JsonSchemas.document(host, a[1], 2);
                    Value instance = JsonSchemas.document(host, a[0], 1);
                    String fault = JsonSchemas.fault(schema);
                    if (!fault.isEmpty()) {
                        throw BuiltinFailure.error(fault);
                    }
                    List<Value> errors = new JsonSchemas(host, schema).errors(instance);
                    return RegoArray.of(RegoBoolean.of(errors.isEmpty()), RegoArray.of(errors));
                });
    }
}
