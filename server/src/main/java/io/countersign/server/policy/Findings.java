package io.countersign.server.policy;

import io.countersign.core.action.ActionType;
import io.countersign.core.action.PrincipalKind;
import io.countersign.core.action.Tier;
import io.countersign.core.policy.Binding;
import io.countersign.core.policy.BindingRules;
import io.countersign.core.policy.BoundTemplate;
import io.countersign.core.policy.Person;
import io.countersign.core.policy.Team;
import io.countersign.core.policy.TemplateRules;
import io.countersign.server.directory.Directory;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.directory.DirectoryImage.WidePermission;
import io.countersign.server.directory.Epochs;
import io.countersign.server.directory.Principal;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.ServerClock;
import io.countersign.server.policy.FoundWeakness.Thing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/**
 * Looks through the rules and people of an organization for what is weak. What was found holds until anything of it changes,
 * so it is worked out once for each epoch.
 */
@Service
class Findings {

    private static final Set<String> NEVER = Set.of("never-applies", "unknown-environment-name");

    /** What was found at an epoch. */
    private record Found(long epoch, List<FoundWeakness> weaknesses) {}

    private final Epochs epochs;
    private final Directory directory;
    private final Policies policies;
    private final PolicyStore store;
    private final ServerClock clock;
    private final ObjectProvider<EmergencyAudience> audience;
    private final Map<String, Found> latest = new ConcurrentHashMap<>();

    Findings(
            Epochs epochs,
            Directory directory,
            Policies policies,
            PolicyStore store,
            ServerClock clock,
            ObjectProvider<EmergencyAudience> audience) {
        this.epochs = epochs;
        this.directory = directory;
        this.policies = policies;
        this.store = store;
        this.clock = clock;
        this.audience = audience;
    }

    /** Everything that is weak now, in the order of {@link FoundWeakness#ORDER}. */
    List<FoundWeakness> of(String orgId) {
        long epoch = epochs.fresh(orgId);
        Found present = latest.get(orgId);
        if (present == null || present.epoch() != epoch) {
            present = new Found(
                    epoch,
                    find(directory.at(orgId, epoch), policies.at(orgId, epoch), store.unbound(orgId), clock.now()));
            latest.put(orgId, present);
        }
        return withUnheard(directory.at(orgId, epoch), present.weaknesses());
    }

    /** Who is told of emergencies changes without an epoch, so it is looked at each time. */
    private List<FoundWeakness> withUnheard(DirectoryImage image, List<FoundWeakness> found) {
        boolean emergencies = image.actions().all().stream().anyMatch(ActionType::emergency)
                || image.principals().stream()
                        .anyMatch(principal -> image.holds(principal.id(), Permission.BREAKGLASS_OPEN));
        Optional<String> lack = emergencies
                ? audience.stream()
                        .flatMap(who -> who.lack(image.organizationId()).stream())
                        .findFirst()
                : Optional.empty();
        if (lack.isEmpty()) {
            return found;
        }
        List<FoundWeakness> all = new ArrayList<>(found);
        all.add(new FoundWeakness(
                FindingCode.EMERGENCIES_UNHEARD,
                new Thing(
                        "organization",
                        image.organizationId(),
                        image.settings().name(),
                        "/api/v1/notification-audience"),
                null,
                "nobody would be told of an emergency: " + lack.get()));
        all.sort(FoundWeakness.ORDER);
        return List.copyOf(all);
    }

    /** What is weak about these people and rules; unbound templates are names by id. */
    static List<FoundWeakness> find(
            DirectoryImage image, PolicyImage policies, Map<String, String> unbound, Instant now) {
        List<FoundWeakness> found = new ArrayList<>();
        Quorums quorums = new Quorums(image, now);
        new ProductionCover(image, policies.inForce()).find(found);
        Map<String, BoundTemplate> bound = new LinkedHashMap<>();
        policies.inForce().forEach(rule -> bound.putIfAbsent(rule.template().id(), rule));
        bound.values().forEach(rule -> quorums.find(rule, found));
        Set<String> selfApproving = new HashSet<>();
        for (BoundTemplate rule : policies.inForce()) {
            neverApplies(image, rule, found);
            if (rule.template().spec().requesterCanApprove()
                    && selfApproving.add(rule.template().id())) {
                found.add(selfApproval(image, rule));
            }
        }
        emergencies(image, policies, found);
        unbound.forEach((id, name) -> found.add(unbound(id, name)));
        teams(image, quorums, found);
        accounts(image, found);
        for (WidePermission wide : image.widePermissions()) {
            found.add(wide(image, wide));
        }
        found.sort(FoundWeakness.ORDER);
        return List.copyOf(found);
    }

    private static FoundWeakness selfApproval(DirectoryImage image, BoundTemplate rule) {
        String name = rule.template().spec().name();
        boolean production = image.environments().stream()
                .filter(environment -> environment.tier() == Tier.PRODUCTION)
                .anyMatch(environment -> rule.template().spec().conditions().matchesPlace(List.of(environment)));
        return new FoundWeakness(
                FindingCode.SELF_APPROVAL,
                Thing.template(rule.template().id(), name),
                null,
                "whoever asks may approve it himself where `" + name + "` applies"
                        + (production ? "; its conditions let it reach production" : ""));
    }

    private static void neverApplies(DirectoryImage image, BoundTemplate rule, List<FoundWeakness> found) {
        Binding binding = rule.binding();
        String name = rule.template().spec().name();
        String target = binding.targetId();
        boolean gone = target != null
                && switch (binding.level()) {
                    case ORGANIZATION -> false;
                    case PROJECT -> !image.projectNames().containsKey(target);
                    case CLUSTER -> !image.clusterNames().containsKey(target);
                    case ENVIRONMENT ->
                        image.environments().stream()
                                .noneMatch(environment -> environment.id().equals(target));
                };
        boolean never = gone
                || BindingRules.warnings(binding, rule.template().spec(), image.environments()).stream()
                        .anyMatch(warning -> NEVER.contains(warning.code()))
                || TemplateRules.warnings(rule.template().spec(), image.environments()).stream()
                        .anyMatch(warning -> warning.code().equals("never-applies"));
        if (never) {
            found.add(new FoundWeakness(
                    FindingCode.NEVER_APPLIES,
                    Thing.binding(binding.id(), binding.templateId(), name),
                    null,
                    "a binding of `" + name + "` never applies: "
                            + (gone
                                    ? "what it is bound to is gone"
                                    : "no environment and hour satisfies its target and conditions")));
        }
    }

    /** An emergency action is refused where no policy applies, which nobody should learn in an emergency. */
    private static void emergencies(DirectoryImage image, PolicyImage policies, List<FoundWeakness> found) {
        for (ActionType action : image.actions().all()) {
            if (action.emergency() && !bound(action, policies)) {
                found.add(new FoundWeakness(
                        FindingCode.UNUSABLE_EMERGENCY,
                        Thing.action(action.id(), action.title()),
                        null,
                        "no policy is bound to the emergency action `" + action.id()
                                + "`, so that every ask for it is refused"));
            }
        }
    }

    private static boolean bound(ActionType action, PolicyImage policies) {
        return policies.inForce().stream()
                .map(rule -> rule.binding().actions())
                .anyMatch(actions -> actions.isEmpty() || actions.contains(action.id()));
    }

    private static FoundWeakness unbound(String id, String name) {
        return new FoundWeakness(
                FindingCode.UNBOUND_TEMPLATE,
                Thing.template(id, name),
                null,
                "`" + name + "` is bound to nothing and guards nothing");
    }

    private static void teams(DirectoryImage image, Quorums quorums, List<FoundWeakness> found) {
        for (Team team : image.people().teams()) {
            if (quorums.isEmpty(team.id())) {
                String name = image.nameOf(team.id()).orElse(team.id());
                found.add(new FoundWeakness(
                        FindingCode.EMPTY_TEAM,
                        Thing.team(team.id(), name),
                        null,
                        "nobody is in team `" + name + "`, nor in a team below it"));
            }
        }
    }

    private static void accounts(DirectoryImage image, List<FoundWeakness> found) {
        for (Principal account : image.principals()) {
            boolean owned = account.kind() == PrincipalKind.SERVICE || account.kind() == PrincipalKind.AGENT;
            if (owned && account.active() && !answeredFor(image, account)) {
                found.add(new FoundWeakness(
                        FindingCode.OWNERLESS_ACCOUNT,
                        Thing.account(account.id(), account.name()),
                        null,
                        "nobody who is here answers for account `" + account.name() + "`"));
            }
        }
    }

    private static boolean answeredFor(DirectoryImage image, Principal account) {
        String accountable = image.accountable(account.id());
        return accountable != null
                && image.people().person(accountable).filter(Person::active).isPresent();
    }

    private static FoundWeakness wide(DirectoryImage image, WidePermission wide) {
        Principal holder = image.principal(wide.principalId()).orElseThrow();
        Thing thing = holder.kind() == PrincipalKind.PERSON
                ? Thing.person(holder.id(), holder.name())
                : Thing.account(holder.id(), holder.name());
        return new FoundWeakness(
                FindingCode.WIDE_PERMISSION,
                thing,
                new Thing("permission-grant", wide.grantId(), wide.permission(), "/api/v1/permission-grants"),
                "`" + holder.name() + "` holds `" + wide.permission() + "` on everything in the organization");
    }
}
