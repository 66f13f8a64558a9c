package io.countersign.server.gate;

import io.countersign.core.action.ActionType;
import io.countersign.core.action.Ask;
import io.countersign.core.action.Glyphs;
import io.countersign.core.action.PayloadDigest;
import io.countersign.core.action.Reason;
import io.countersign.core.action.Resource;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.action.Subject;
import io.countersign.server.directory.Directory;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.directory.Principal;
import io.countersign.server.directory.UnknownAction;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.CredentialKind;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns what arrives at a door into an ask; from here on everything is valid. */
final class AskReader {

    private static final int MAX_ATTRIBUTES = 32;
    private static final int MAX_NAME = 100;
    private static final int MAX_VALUE = 1_000;
    private static final int MAX_AUTHORS = 100;

    private static final Map<String, ResourceLevel> LEVELS = Arrays.stream(ResourceLevel.values())
            .collect(Collectors.toUnmodifiableMap(level -> level.name().toLowerCase(Locale.ROOT), level -> level));

    private final DirectoryImage directory;
    private final Directory known;
    private final Caller caller;

    AskReader(DirectoryImage directory, Directory known, Caller caller) {
        this.directory = directory;
        this.known = known;
        this.caller = caller;
    }

    /** Reads what is about to be executed; who may redeem for whom is judged with the grant. */
    Ask readForRedemption(
            String action,
            AskForm.ResourceForm resourceForm,
            @Nullable String subjectName,
            @Nullable String reason,
            PayloadDigest digest) {
        ActionType type = type(action);
        Resource resource = resource(type, resourceForm);
        Subject self = new Subject(caller.principalId(), caller.kind());
        Subject subject = subjectName == null ? self : named(subjectName).asSubject();
        return new Ask(
                directory.organizationId(),
                subject,
                self,
                type,
                resource,
                digest,
                reason(reason),
                caller.credential().maker(),
                Set.of());
    }

    /** Reads an ask that nobody makes, as if its subject had made it himself; anybody may wonder about anybody. */
    Ask readForExplanation(
            String action,
            AskForm.ResourceForm resourceForm,
            @Nullable String subjectName,
            @Nullable String reason,
            PayloadDigest digest) {
        if (subjectName == null) {
            return read(action, resourceForm, null, reason, digest, null);
        }
        ActionType type = type(action);
        Subject subject = named(subjectName).asSubject();
        return new Ask(
                directory.organizationId(),
                subject,
                subject,
                type,
                resource(type, resourceForm),
                digest,
                reason(reason),
                null,
                Set.of());
    }

    Ask read(
            String action,
            AskForm.ResourceForm resourceForm,
            @Nullable String subjectName,
            @Nullable String reason,
            PayloadDigest digest,
            @Nullable List<String> authors) {
        ActionType type = type(action);
        Resource resource = resource(type, resourceForm);
        Subject self = new Subject(caller.principalId(), caller.kind());
        return new Ask(
                directory.organizationId(),
                subject(subjectName, self, type, resource),
                self,
                type,
                resource,
                digest,
                reason(reason),
                caller.credential().maker(),
                authors(authors));
    }

    private Subject subject(@Nullable String name, Subject self, ActionType action, Resource resource) {
        if (name == null) {
            return self;
        }
        Principal named = named(name);
        if (named.id().equals(self.id())) {
            return self;
        }
        boolean given = Permission.ASK_ON_BEHALF.isWithin(caller.credential())
                && caller.credential().kind() == CredentialKind.TOKEN
                && directory.holdsOneByOne(self.id(), Permission.ASK_ON_BEHALF, action.id(), resource);
        if (!given) {
            throw ProblemException.badField(
                    "subject-not-allowed",
                    "subject",
                    "you may not ask for `" + name
                            + "`: asking on behalf is given one by one, for a token, per action and resource");
        }
        return named.asSubject();
    }

    private Principal named(String name) {
        return directory
                .principal(name)
                .filter(Principal::active)
                .orElseThrow(() -> Problem.of(403, "unknown-subject", "there is no active subject `" + name + "`")
                        .remedy("name a person or account of this organization")
                        .raise());
    }

    private ActionType type(String action) {
        return directory.actions().find(action).orElseThrow(() -> UnknownAction.named("action", action));
    }

    private Resource resource(ActionType action, AskForm.ResourceForm form) {
        ResourceLevel level = LEVELS.get(form.type());
        if (level == null) {
            throw ProblemException.badField(
                    "unknown-type",
                    "resource.type",
                    "`" + form.type() + "` is none of organization, project, environment, cluster");
        }
        if (!action.isPerformedOn(level)) {
            throw ProblemException.badField(
                    "wrong-level",
                    "resource.type",
                    "`" + action.id() + "` is performed on a resource of type `"
                            + action.level().name().toLowerCase(Locale.ROOT) + "`");
        }
        String name = level == ResourceLevel.ORGANIZATION ? directory.organizationId() : form.id();
        if (name == null) {
            throw ProblemException.badField("missing", "resource.id", "resource.id names the " + form.type());
        }
        if (action.deploying() && level == ResourceLevel.ENVIRONMENT && form.release() == null && form.to() == null) {
            throw ProblemException.badField(
                    "missing", "resource.to", "`" + action.id() + "` names the release, or what it goes to");
        }
        return known.resource(
                        directory,
                        level,
                        name,
                        form.release(),
                        line("resource.from", form.from()),
                        line("resource.to", form.to()),
                        attributes(form.attributes()))
                .orElseThrow(() -> Problem.of(
                                422,
                                "unknown-resource",
                                "there is no " + form.type() + " `" + name + "`"
                                        + (form.release() == null ? "" : " with a release `" + form.release() + "`"))
                        .remedy("check the names; an unknown resource is always denied")
                        .raise());
    }

    private static SortedMap<String, String> attributes(@Nullable Map<String, String> given) {
        SortedMap<String, String> attributes = new TreeMap<>();
        if (given != null) {
            if (given.size() > MAX_ATTRIBUTES) {
                throw ProblemException.badField("too-many", "resource.attributes", "at most 32 attributes");
            }
            given.forEach((name, value) -> {
                if (name.isBlank() || name.length() > MAX_NAME) {
                    throw ProblemException.badField(
                            "bad-name", "resource.attributes", "an attribute's name has 1 to 100 characters");
                }
                String kept = bounded("resource.attributes." + name, value);
                attributes.put(name, kept == null ? "" : kept);
            });
        }
        return attributes;
    }

    /** What stands in titles and sentences, within one line. */
    private static @Nullable String line(String field, @Nullable String value) {
        String line = bounded(field, value);
        if (line != null && !Glyphs.isLine(line)) {
            throw ProblemException.badField("wrong-value", field, "`" + field + "` is one line of visible characters");
        }
        return line;
    }

    private static @Nullable String bounded(String field, @Nullable String value) {
        if (value != null && (value.isBlank() || value.length() > MAX_VALUE)) {
            throw ProblemException.badField("bad-length", field, field + " has 1 to 1,000 characters");
        }
        return value;
    }

    private static @Nullable String reason(@Nullable String text) {
        if (text != null && Reason.tooLong(text)) {
            throw ProblemException.badField("too-long", "reason", "a reason has at most 4,000 characters");
        }
        return Reason.of(text).orElse(null);
    }

    private Set<String> authors(@Nullable List<String> names) {
        Set<String> ids = new HashSet<>();
        if (names != null) {
            if (names.size() > MAX_AUTHORS) {
                throw ProblemException.badField("too-many", "authors", "at most 100 authors");
            }
            for (String name : names) {
                ids.add(directory
                        .principal(name)
                        .map(Principal::id)
                        .orElseThrow(() -> ProblemException.badField(
                                "unknown-author",
                                "authors",
                                "there is no `" + name + "` here",
                                "name people and accounts of this organization, by handle or id")));
            }
        }
        return ids;
    }
}
