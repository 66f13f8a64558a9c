package io.countersign.server.change;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Terraform plan.
 *
 * @param resources what changes, in the order of how much it hurts: what is destroyed first
 * @param unchangedResources how many resources the plan leaves as they are
 * @param drift what was changed outside of Terraform since it last looked
 * @param errored whether Terraform says that making the plan failed
 * @param planFile the file that is applied; absent where the payload is the plan alone
 * @param command what applies it; absent where the payload is the plan alone
 */
public record TerraformContent(
        @Schema(allowableValues = "terraform") String kind,
        @Nullable String terraformVersion,
        Counts counts,
        List<Resource> resources,
        int unchangedResources,
        List<Output> outputs,
        List<Resource> drift,
        boolean errored,
        @Nullable PlanFile planFile,
        @Nullable CommandContent command)
        implements ChangeContent {

    /** How many resources are treated in which way. */
    public record Counts(int add, int change, int replace, int destroy, int read, int forget, int move, int bring) {}

    /** The file that Terraform applies. */
    public record PlanFile(String path, long size, String sha256) {}

    /**
     * One resource that changes.
     *
     * @param previousAddress what it was called, where it moves
     * @param provider where what treats it comes from
     * @param operation what is done to it
     * @param actions the same in Terraform's words, in their order
     * @param reason why, in Terraform's words
     * @param unchanged how many attributes stay as they are
     */
    public record Resource(
            String address,
            @Nullable String previousAddress,
            String type,
            @Nullable String provider,

            @Schema(
                    allowableValues = {
                        "create", "update", "replace", "destroy", "read", "forget", "move", "import", "other"
                    })
            String operation,

            List<String> actions,
            @Nullable String reason,
            List<Attribute> attributes,
            int unchanged) {}

    /**
     * One attribute that changes.
     *
     * @param path its name, and where in it, such as {@code tags.Name} or {@code ingress[0].port}
     * @param before its value; absent where there is none
     * @param after its value; absent where there is none, or none that is known
     * @param sensitive whether Terraform says that nobody is to see it; its values are covered then
     * @param unknown whether it is known only once the plan is applied
     * @param replaces whether this is why the resource is replaced
     * @param lines the difference of a text with several lines, or a long one; before and after are absent then
     */
    public record Attribute(
            String path,
            @Nullable String before,
            @Nullable String after,
            boolean sensitive,
            boolean unknown,
            boolean replaces,
            List<ChangeLine> lines) {}

    /** One output that changes. */
    public record Output(String name, List<String> actions, List<Attribute> attributes) {}

    TerraformContent with(@Nullable PlanFile file, CommandContent applied) {
        return new TerraformContent(
                kind, terraformVersion, counts, resources, unchangedResources, outputs, drift, errored, file, applied);
    }
}
