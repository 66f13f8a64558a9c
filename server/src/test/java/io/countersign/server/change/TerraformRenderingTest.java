package io.countersign.server.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.change.TerraformContent.Attribute;
import io.countersign.server.change.TerraformContent.Counts;
import io.countersign.server.change.TerraformContent.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerraformRenderingTest {

    private static final String PLAN = """
            {"format_version": "1.2", "terraform_version": "1.9.5",
             "planned_values": {"root_module": {}},
             "resource_changes": [
              {"address": "aws_instance.web", "type": "aws_instance", "name": "web", "mode": "managed",
               "provider_name": "registry.terraform.io/hashicorp/aws",
               "change": {"actions": ["update"],
                "before": {"type": "t3.small", "tags": {"Name": "web", "Env": "prod"}, "user_data": "a\\nb\\n", "id": "i-1"},
                "after": {"type": "t3.large", "tags": {"Name": "web-2", "Env": "prod"}, "user_data": "a\\nc\\n", "id": "i-1"},
                "after_unknown": {}, "before_sensitive": {}, "after_sensitive": {}}},
              {"address": "aws_db_instance.main", "type": "aws_db_instance", "action_reason": "replace_because_cannot_update",
               "change": {"actions": ["delete", "create"],
                "before": {"name": "main", "secretish": "one", "arn": "arn:1", "rules": [{"port": 1}, {"port": 2}]},
                "after": {"name": "other", "secretish": "two", "rules": [{"port": 1}, {"port": 3}]},
                "after_unknown": {"arn": true}, "before_sensitive": {"secretish": true},
                "after_sensitive": {"secretish": true}, "replace_paths": [["name"]]}},
              {"address": "aws_s3_bucket.old", "type": "aws_s3_bucket", "novelty": {"x": 1},
               "change": {"actions": ["delete"], "before": {"bucket": "old"}, "after": null, "after_unknown": {},
                "before_sensitive": {}, "after_sensitive": false}},
              {"address": "null_resource.same", "type": "null_resource",
               "change": {"actions": ["no-op"], "before": {"id": "1"}, "after": {"id": "1"}}}],
             "output_changes": {"url": {"actions": ["create"], "before": null, "after": "https://x", "after_unknown": false},
              "same": {"actions": ["no-op"], "before": "a", "after": "a"}}}
            """;

    private final ChangeView view = Rendered.of("application/json", PLAN);
    private final TerraformContent plan = (TerraformContent) view.content();

    @Test
    void putsFirstWhatIsDestroyedAndCountsTheRest() {
        assertThat(plan.resources())
                .extracting(Resource::address)
                .containsExactly("aws_s3_bucket.old", "aws_db_instance.main", "aws_instance.web");
        assertThat(plan.resources()).extracting(Resource::operation).containsExactly("destroy", "replace", "update");
        assertThat(plan.counts()).isEqualTo(new Counts(0, 1, 1, 1, 0, 0, 0, 0));
        assertThat(plan.unchangedResources()).isEqualTo(1);
        assertThat(plan.outputs()).hasSize(1);
        assertThat(view.complete()).isTrue();
    }

    @Test
    void showsTheAttributesThatChange() {
        Resource web = plan.resources().getLast();
        assertThat(web.unchanged()).isEqualTo(2);
        assertThat(web.attributes()).extracting(Attribute::path).containsExactly("type", "tags.Name", "user_data");
        assertThat(web.attributes().getFirst())
                .isEqualTo(new Attribute("type", "t3.small", "t3.large", false, false, false, List.of()));
        assertThat(Rendered.signed(web.attributes().getLast().lines())).containsExactly(" a", "-b", "+c");
        Resource database = plan.resources().get(1);
        assertThat(database.attributes())
                .containsExactly(
                        new Attribute("name", "main", "other", false, false, true, List.of()),
                        new Attribute("secretish", "(sensitive)", "(sensitive)", true, false, false, List.of()),
                        new Attribute("arn", "arn:1", null, false, true, false, List.of()),
                        new Attribute("rules[1].port", "2", "3", false, false, false, List.of()));
    }

    @Test
    void namesWhatItDoesNotShow() {
        assertThat(view.folded())
                .extracting(ChangeView.Folded::what)
                .containsExactly(
                        "`novelty` of aws_s3_bucket.old",
                        "the output same, which stays as it is",
                        "a resource that stays as it is",
                        "`format_version` of the plan",
                        "`planned_values` of the plan");
    }

    @Test
    void saysInOneLineWhatHurtsMost() {
        assertThat(view.summary().getFirst()).isEqualTo(new ChangeView.Brief("aws_s3_bucket.old", null, "destroyed"));
        assertThat(view.summary()).contains(new ChangeView.Brief("aws_instance.web type", "t3.small", "t3.large"));
    }
}
