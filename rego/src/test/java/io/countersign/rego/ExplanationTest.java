package io.countersign.rego;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.rego.value.JsonReader;
import io.countersign.rego.value.RegoObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Why a policy answered what it answered. */
class ExplanationTest {

    private static final String SOURCE = """
            package gate

            allow if {
            	input.action == "deploy"
            	is_admin
            }

            allow if {
            	some level in input.levels
            	rank(level) > 3
            }

            is_admin if input.user.role == "admin"

            is_admin if data.admins[_] == input.user.name

            rank("dev") := 2

            rank("ops") := 3 + input.bonus

            name := input.user.nick if input.user

            first := 1 if input.action == "deploy"
            """;

    private static Explanation explain(String path, String input) {
        return Policy.compile(
                        Map.of("gate.rego", SOURCE), JsonReader.read("{\"admins\":[\"eve\"]}"), PolicyOptions.DEFAULT)
                .explain(path, Input.json(input));
    }

    @Test
    void namesTheStatementThatFailedAndWhatItsTermsWere() {
        Explanation why = explain("data.gate.allow", "{\"action\":\"stop\"}");
        assertThat(why.decision()).isInstanceOf(RegoDecision.Undefined.class);
        Explanation.Tried rule = why.groups().get(0).rules().get(0);
        assertThat(rule.outcome()).isEqualTo(Explanation.Outcome.FAILED);
        assertThat(rule.place().row()).isEqualTo(3);
        assertThat(rule.statements().getLast().place().row()).isEqualTo(4);
        assertThat(rule.statements().getLast().values().get("input.action")).hasToString("\"stop\"");
        assertThat(why.text()).contains("data.gate.allow is undefined", "failed line 4", "input.action is \"stop\"");
    }

    @Test
    void followsWhatAFailingStatementLooksAt() {
        Explanation why =
                explain("data.gate.allow", "{\"action\":\"deploy\",\"user\":{\"role\":\"dev\",\"name\":\"ann\"}}");
        assertThat(why.groups()).extracting(Explanation.Group::name).contains("data.gate.allow", "data.gate.is_admin");
        assertThat(why.text()).contains("gate.rego:13: is_admin: failed", "input.user.role is \"dev\"");
    }

    @Test
    void countsTheTriesOfALoopAndLooksIntoFunctions() {
        Explanation why = explain("data.gate.allow", "{\"levels\":[\"dev\",\"ops\"]}");
        assertThat(why.text()).contains("(tried 2 times)", "rank(\"ops\")", "input.bonus is undefined");
    }

    @Test
    void tellsABodyThatHeldFromAValueThatIsUndefined() {
        Explanation why = explain("data.gate.name", "{\"user\":{\"role\":\"dev\"}}");
        assertThat(why.groups().get(0).rules().get(0).outcome()).isEqualTo(Explanation.Outcome.FAILED);
        assertThat(why.text()).contains("the value input.user.nick", "input.user.nick is undefined");
    }

    @Test
    void saysThatARuleHeld() {
        Explanation why = explain("data.gate.first", "{\"action\":\"deploy\"}");
        assertThat(why.groups().get(0).rules().get(0).outcome()).isEqualTo(Explanation.Outcome.HELD);
        assertThat(why.text()).startsWith("data.gate.first is 1");
    }

    @Test
    void listsTheStepsInOrder() {
        Explanation why = explain("data.gate.first", "{\"action\":\"deploy\"}");
        assertThat(why.steps())
                .containsExactly(
                        "enter data.gate.first",
                        "  eval gate.rego:23 input.action == \"deploy\"    input.action is \"deploy\"",
                        "  exit gate.rego:23 first := 1",
                        "done data.gate.first is 1");
    }

    @Test
    void isADocumentToo() {
        RegoObject document = explain("data.gate.allow", "{}").document();
        assertThat(document.toJson()).contains("\"outcome\":\"failed\"", "\"path\":\"data.gate.allow\"");
        assertThat(document.get("result")).isNull();
    }

    @Test
    void doesNotChangeWhatIsDecided() {
        Policy policy = Policy.compile(Map.of("gate.rego", SOURCE), RegoObject.EMPTY, PolicyOptions.DEFAULT);
        Input input = Input.json("{\"action\":\"deploy\",\"user\":{\"role\":\"admin\"}}");
        assertThat(policy.explain("data.gate", input).decision())
                .isEqualTo(policy.question("data.gate").ask(input));
    }
}
