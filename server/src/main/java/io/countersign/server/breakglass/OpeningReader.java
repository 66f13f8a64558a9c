package io.countersign.server.breakglass;

import io.countersign.core.action.ActionType;
import io.countersign.core.action.PrincipalKind;
import io.countersign.core.action.Reason;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.breakglass.SessionScope;
import io.countersign.core.breakglass.SessionScope.Target;
import io.countersign.server.breakglass.OpeningForm.ResourceForm;
import io.countersign.server.breakglass.OpeningForm.ScopeForm;
import io.countersign.server.directory.BreakglassRules;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.directory.Principal;
import io.countersign.server.directory.UnknownAction;
import io.countersign.server.platform.Duplicates;
import io.countersign.server.platform.Fault;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns what arrives for an opening into values; from here on everything is valid. */
final class OpeningReader {

    private static final int MOST = 50;
    private static final int LONGEST_INCIDENT = 200;

    private final DirectoryImage directory;

    OpeningReader(DirectoryImage directory) {
        this.directory = directory;
    }

    static String reason(@Nullable String text) {
        return bounded("reason", text, "a session needs a reason of 1 to 4,000 characters");
    }

    static String incident(@Nullable String text) {
        String incident = bounded("incident", text, "a session names its incident, for example `INC-1234`");
        if (incident.length() > LONGEST_INCIDENT) {
            throw ProblemException.badField("too-long", "incident", "an incident reference has at most 200 characters");
        }
        return incident;
    }

    /** A text that must be there, trimmed. */
    static String bounded(String field, @Nullable String text, String sentence) {
        demandShort(field, text);
        return Reason.of(text)
                .orElseThrow(() -> ProblemException.badField(inKebab(field) + "-required", field, sentence));
    }

    /** A text that may be left out, trimmed; blank is left out too. */
    static Optional<String> optional(String field, @Nullable String text) {
        demandShort(field, text);
        return Reason.of(text);
    }

    private static void demandShort(String field, @Nullable String text) {
        if (text != null && Reason.tooLong(text)) {
            throw ProblemException.badField("too-long", field, "a text has at most 4,000 characters");
        }
    }

    private static String inKebab(String field) {
        return field.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    String person(String field, @Nullable String named, String otherwise) {
        if (named == null) {
            return otherwise;
        }
        return directory
                .principal(named)
                .filter(principal -> principal.active() && principal.kind() == PrincipalKind.PERSON)
                .map(Principal::id)
                .orElseThrow(() -> ProblemException.badField(
                        "unknown-person", field, "there is no active person `" + named + "`"));
    }

    Duration duration(@Nullable String text) {
        BreakglassRules rules = directory.settings().breakglass();
        if (text == null) {
            return rules.least();
        }
        Duration wish;
        try {
            wish = Duration.parse(text);
        } catch (DateTimeParseException malformed) {
            throw ProblemException.badField(
                    "bad-duration", "duration", "`" + text + "` is no duration; one is `PT30M`");
        }
        if (wish.compareTo(rules.least()) < 0 || wish.compareTo(rules.most()) > 0) {
            throw ProblemException.badField(
                    "bad-duration",
                    "duration",
                    "a session of this organization lasts from " + rules.least() + " to " + rules.most());
        }
        return Duration.ofSeconds(wish.toSeconds());
    }

    SessionScope scope(@Nullable ScopeForm form) {
        if (form == null) {
            throw ProblemException.badField(
                    "scope-required", "scope", "a session names the actions and things it is for");
        }
        List<String> named = listed("scope.actions", form.actions());
        List<ActionType> actions = named.stream().map(this::action).toList();
        Duplicates.demandNone("scope.actions", named, actions);
        List<Target> targets = listed("scope.resources", form.resources()).stream()
                .map(this::target)
                .toList();
        Duplicates.demandNone(
                "scope.resources",
                targets.stream()
                        .map(target -> directory.nameOf(target.id()).orElse(target.id()))
                        .toList(),
                targets);
        for (ActionType action : actions) {
            if (targets.stream().noneMatch(target -> reaches(target, action))) {
                throw ProblemException.badField(
                        "never-applies",
                        "scope.actions",
                        "`" + action.id() + "` is performed on a thing of type "
                                + action.level().name().toLowerCase(Locale.ROOT)
                                + ", and the scope names none that it could be performed on");
            }
        }
        Set<String> ids = new LinkedHashSet<>();
        actions.forEach(action -> ids.add(action.id()));
        return new SessionScope(ids, new LinkedHashSet<>(targets));
    }

    /** A wide scope is chosen by typing its name, so that nobody chooses it by accident. */
    void demandConfirmed(SessionScope scope, @Nullable String typed) {
        String name = nameToType(scope);
        if (name != null && !name.equals(typed)) {
            throw Problem.of(400, "wide-scope", "the scope reaches all of `" + name + "`")
                    .remedy("name single environments or clusters, or type `" + name + "` in confirmScope")
                    .fault(Fault.of("wide-scope", "confirmScope", "type `" + name + "` to choose so wide a scope"))
                    .with("confirm", name)
                    .raise();
        }
    }

    /** What has to be typed for this scope: the organization's handle, else the name of a project; nothing if narrow. */
    @Nullable
    String nameToType(SessionScope scope) {
        if (!scope.isWide()) {
            return null;
        }
        boolean organization =
                scope.targets().stream().anyMatch(target -> target.level() == ResourceLevel.ORGANIZATION);
        return organization
                ? directory.settings().handle()
                : scope.targets().stream()
                        .filter(target -> target.level() == ResourceLevel.PROJECT)
                        .map(target -> directory.nameOf(target.id()).orElse(target.id()))
                        .sorted()
                        .findFirst()
                        .orElse(null);
    }

    private ActionType action(@Nullable String id) {
        ActionType action = (id == null
                        ? java.util.Optional.<ActionType>empty()
                        : directory.actions().find(id))
                .orElseThrow(() -> UnknownAction.named("scope.actions", id));
        if (SessionScope.never(action.id())) {
            throw ProblemException.badField(
                    "never-bypassed",
                    "scope.actions",
                    "no session is for `" + id + "`: rules, roles, tokens and sessions are never bypassed");
        }
        return action;
    }

    private Target target(@Nullable ResourceForm form) {
        @Nullable String type = form == null ? null : form.type();
        ResourceLevel level = Arrays.stream(ResourceLevel.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(type))
                .findFirst()
                .orElseThrow(() -> ProblemException.badField(
                        "unknown-type",
                        "scope.resources",
                        "`" + type + "` is none of organization, project, environment, cluster"));
        @Nullable String named = form == null ? null : form.id();
        @Nullable String id = level == ResourceLevel.ORGANIZATION ? directory.organizationId() : named;
        if (id == null) {
            throw ProblemException.badField(
                    "missing", "scope.resources", "a resource of type `" + type + "` is named by its id");
        }
        return directory
                .resourceId(level, id)
                .map(found -> new Target(level, found))
                .orElseThrow(() -> ProblemException.badField(
                        "unknown-resource", "scope.resources", "there is no " + type + " `" + id + "`"));
    }

    static boolean reaches(Target target, ActionType action) {
        return switch (target.level()) {
            case ORGANIZATION -> true;
            case PROJECT -> action.level() == ResourceLevel.PROJECT || action.level() == ResourceLevel.ENVIRONMENT;
            case CLUSTER, ENVIRONMENT -> action.isPerformedOn(target.level());
        };
    }

    private static <T> List<T> listed(String field, @Nullable List<T> list) {
        if (list == null || list.isEmpty() || list.size() > MOST) {
            throw ProblemException.badField(
                    "bad-length", field, field + " lists 1 to 50; no session is silently for everything");
        }
        return list;
    }
}
