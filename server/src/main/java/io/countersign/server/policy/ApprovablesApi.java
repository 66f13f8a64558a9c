package io.countersign.server.policy;

import io.countersign.core.approval.Prospect;
import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.BoundTemplate;
import io.countersign.core.policy.Person;
import io.countersign.core.policy.Requirement;
import io.countersign.core.policy.Template;
import io.countersign.server.directory.Directory;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.directory.Epochs;
import io.countersign.server.directory.Role;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What a person can approve, and through what. */
@RestController
@Tag(name = "Policies")
class ApprovablesApi {

    /** A name, team or role that makes somebody an approver; {@code kind} is {@code person}, {@code team} or {@code role}. */
    record Through(String kind, String id, String name) {}

    /**
     * A policy in force that names the person among its approvers.
     *
     * @param bindings at how many places it is in force
     * @param counts whether an approval would count now, were somebody else to ask
     * @param onlyEscalated whether the person is an approver only once the policy has escalated
     */
    record Approvable(
            String templateId,
            int version,
            String name,
            int bindings,
            boolean counts,
            boolean onlyEscalated,
            List<Through> through) {}

    /** All of them, by name. */
    record Approvables(List<Approvable> items) {}

    private final Policies policies;
    private final PolicyStore store;
    private final Directory directory;
    private final Epochs epochs;

    ApprovablesApi(Policies policies, PolicyStore store, Directory directory, Epochs epochs) {
        this.policies = policies;
        this.store = store;
        this.directory = directory;
        this.epochs = epochs;
    }

    @GetMapping("/api/v1/people/{id}/approvable-policies")
    @Requires(Permission.POLICY_READ)
    @Operation(
            operationId = "listApprovablePolicies",
            summary = "The policies in force that a person is an approver of, and through what")
    Approvables list(Caller caller, @PathVariable String id) {
        String orgId = caller.organizationId();
        long epoch = epochs.fresh(orgId);
        DirectoryImage image = directory.at(orgId, epoch);
        Person person = image.personId(id)
                .flatMap(image.people()::person)
                .orElseThrow(() -> ProblemException.notFound("person", id));
        Instant now = store.now();
        Map<String, List<BoundTemplate>> byTemplate = new LinkedHashMap<>();
        for (BoundTemplate rule : policies.at(orgId, epoch).inForce()) {
            byTemplate
                    .computeIfAbsent(rule.template().id(), _ -> new ArrayList<>())
                    .add(rule);
        }
        return new Approvables(byTemplate.values().stream()
                .flatMap(rules -> approvable(rules, person, image, now).stream())
                .sorted(Comparator.comparing(Approvable::name).thenComparing(Approvable::templateId))
                .toList());
    }

    private static Optional<Approvable> approvable(
            List<BoundTemplate> rules, Person person, DirectoryImage image, Instant now) {
        BoundTemplate rule = rules.getFirst();
        Template template = rule.template();
        Requirement requirement = rule.requirement();
        List<Through> through = new ArrayList<>(through(requirement.approvers(), person, image));
        through(requirement.quorum().named(), person, image).stream()
                .filter(one -> !through.contains(one))
                .forEach(through::add);
        boolean listed = !through.isEmpty();
        if (requirement.escalation() != null) {
            through(requirement.escalation().approvers(), person, image).stream()
                    .filter(one -> !through.contains(one))
                    .forEach(through::add);
        }
        if (through.isEmpty()) {
            return Optional.empty();
        }
        boolean counts = listed
                ? Prospect.of(requirement, image.people(), now).eligible().contains(person.id())
                : person.mayApproveAtAll();
        return Optional.of(new Approvable(
                template.id(),
                template.version(),
                template.spec().name(),
                rules.size(),
                counts,
                !listed,
                List.copyOf(through)));
    }

    private static List<Through> through(Approvers approvers, Person person, DirectoryImage image) {
        List<Through> ways = new ArrayList<>();
        if (approvers.users().contains(person.id())) {
            ways.add(
                    new Through("person", person.id(), image.nameOf(person.id()).orElse(person.id())));
        }
        Set<String> teams = new TreeSet<>(image.people().teamsOf(person));
        teams.retainAll(approvers.teams());
        teams.forEach(
                team -> ways.add(new Through("team", team, image.nameOf(team).orElse(team))));
        Set<String> roles = new TreeSet<>(person.orgRoles());
        roles.retainAll(approvers.orgRoles());
        roles.forEach(role -> ways.add(new Through(
                "role",
                role,
                Optional.ofNullable(image.roles().get(role)).map(Role::name).orElse(role))));
        return ways;
    }
}
