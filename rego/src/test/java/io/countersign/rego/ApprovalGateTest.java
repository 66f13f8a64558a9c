package io.countersign.rego;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.rego.plan.Coverage;
import io.countersign.rego.syntax.ParserOptions;
import io.countersign.rego.syntax.RegoModule;
import io.countersign.rego.syntax.RegoParser;
import io.countersign.rego.tool.PolicyFiles;
import io.countersign.rego.tool.PolicyTests;
import io.countersign.rego.value.RegoObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The gate's own tests pass, and reach all of it. */
class ApprovalGateTest {

    @Test
    void passesItsOwnTestsWhichReachEveryLine() {
        List<RegoModule> modules = new ArrayList<>();
        StandardPolicies.approvalGateWithTests()
                .forEach((name, source) -> modules.add(RegoParser.module(name, source, ParserOptions.V1)));
        Coverage coverage = new Coverage();
        List<PolicyTests.Result> results = PolicyTests.run(new PolicyFiles(modules, RegoObject.EMPTY), null, coverage);
        assertThat(results).hasSize(10).allMatch(result -> result.outcome() == PolicyTests.Outcome.PASS);
        assertThat(coverage.missed()).noneMatch(place -> place.file().equals("approval_gate.rego"));
    }

    @Test
    void otherPoliciesImportIt() {
        Map<String, String> sources = new java.util.HashMap<>(StandardPolicies.approvalGate());
        sources.put("mine.rego", """
                package mine

                import data.controlcore.policy.templates.approval_gate

                allow if {
                	input.amount < 100
                	approval_gate.allow
                }
                """);
        Policy.Question allow =
                Policy.compile(sources, RegoObject.EMPTY, PolicyOptions.DEFAULT).question("data.mine.allow");
        assertThat(allow.ask(Input.json("{\"amount\":5,\"context\":{\"approval_status\":\"approved\"}}"))
                        .isTrue())
                .isTrue();
        assertThat(allow.ask(Input.json("{\"amount\":5}")).isTrue()).isFalse();
    }
}
