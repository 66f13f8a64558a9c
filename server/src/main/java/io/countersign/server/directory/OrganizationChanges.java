package io.countersign.server.directory;

import io.countersign.core.audit.DirectoryEntry;
import io.countersign.core.policy.VoteReason;
import io.countersign.server.audit.Actor;
import io.countersign.server.platform.EntityTag;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Changes the settings of an organization, each within its bounds. */
@Service
class OrganizationChanges {

    static final String ENDED = "ended";

    private static final long LARGEST_PAYLOAD = 16L * 1024 * 1024;

    private final Changes changes;
    private final OrganizationStore organizations;
    private final DirectoryStore store;
    private final Directory directory;

    OrganizationChanges(Changes changes, OrganizationStore organizations, DirectoryStore store, Directory directory) {
        this.changes = changes;
        this.organizations = organizations;
        this.store = store;
        this.directory = directory;
    }

    /** What is to change about the settings; what is null stays. */
    record SettingsEdit(
            @Nullable String name,
            @Nullable String zone,
            @Nullable Duration staleAfter,
            @Nullable Duration denialMemory,
            @Nullable Duration ownChangeWindow,
            @Nullable String voteReasonRequired,
            @Nullable Integer asksPerMinute,
            @Nullable Long payloadLimit,
            @Nullable Duration outcomeAfter,
            @Nullable Duration breakGlassMinimum,
            @Nullable Duration breakGlassMaximum,
            @Nullable Duration breakGlassClosureAfter,
            @Nullable Duration breakGlassReviewAfter,
            @Nullable String breakGlassBlocksNext,
            @Nullable String setUp) {}

    void edit(Actor actor, long version, SettingsEdit edit) {
        Function<DirectoryChange, Boolean> act = change -> {
            String orgId = change.orgId();
            EntityTag.demandSame(version, organizations.version(orgId));
            Settings before = store.settings(orgId);
            Settings after = after(before, edit);
            Differences differences = differences(before, after);
            if (!differences.isEmpty()) {
                organizations.update(orgId, after);
                if (judgesOtherwise(before, after)) {
                    organizations.remember(orgId, change.by(), change.now(), before);
                }
                change.tell(new DirectoryEntry.OrganizationChanged(differences.list()));
            }
            if (ENDED.equals(edit.setUp())) {
                directory.endSetUp(actor, "admin");
            }
            return true;
        };
        if (edit.zone() == null && edit.ownChangeWindow() == null) {
            changes.make(actor, act);
        } else {
            changes.rearrange(actor, act);
        }
    }

    /** Whether an edit would change how the rules hold, for the gate on changes of rules; 400 when it is none at all. */
    static boolean changesRules(Settings before, SettingsEdit edit) {
        Settings after = after(before, edit);
        return judgesOtherwise(before, after)
                || !before.denialMemory().equals(after.denialMemory())
                || before.voteReasonRequired() != after.voteReasonRequired()
                || !before.breakglass().equals(after.breakglass());
    }

    private static boolean judgesOtherwise(Settings before, Settings after) {
        return !before.zone().equals(after.zone()) || !before.ownChangeWindow().equals(after.ownChangeWindow());
    }

    private static Settings after(Settings before, SettingsEdit edit) {
        Fields fields = new Fields();
        if (edit.setUp() != null) {
            fields.oneOf("setUp", edit.setUp(), Set.of(ENDED));
        }
        Settings after = new Settings(
                before.handle(),
                edit.name() == null ? before.name() : fields.name("name", edit.name()),
                edit.zone() == null ? before.zone() : zone(fields, edit.zone(), before.zone()),
                span(fields, "staleAfter", edit.staleAfter(), before.staleAfter(), Duration.ofMinutes(1), 90),
                span(fields, "denialMemory", edit.denialMemory(), before.denialMemory(), Duration.ofMinutes(1), 30),
                span(
                        fields,
                        "ownChangeWindow",
                        edit.ownChangeWindow(),
                        before.ownChangeWindow(),
                        Duration.ofHours(1),
                        30),
                edit.voteReasonRequired() == null
                        ? before.voteReasonRequired()
                        : voteReason(fields, edit.voteReasonRequired()),
                edit.asksPerMinute() == null
                        ? before.asksPerMinute()
                        : (int) fields.number("asksPerMinute", edit.asksPerMinute(), 1, 100_000),
                edit.payloadLimit() == null
                        ? before.payloadLimit()
                        : fields.number("payloadLimit", edit.payloadLimit(), 1_024, LARGEST_PAYLOAD),
                span(fields, "outcomeAfter", edit.outcomeAfter(), before.outcomeAfter(), Duration.ofMinutes(1), 30),
                breakglass(fields, edit, before.breakglass()));
        fields.check();
        return after;
    }

    private static BreakglassRules breakglass(Fields fields, SettingsEdit edit, BreakglassRules before) {
        Duration minute = Duration.ofMinutes(1);
        Duration least = span(fields, "breakGlassMinimum", edit.breakGlassMinimum(), before.least(), minute, 1);
        Duration most = span(fields, "breakGlassMaximum", edit.breakGlassMaximum(), before.most(), minute, 1);
        if (least.compareTo(most) > 0) {
            fields.wrong(
                    edit.breakGlassMaximum() == null ? "breakGlassMinimum" : "breakGlassMaximum",
                    "wrong-value",
                    "the shortest session, " + least + ", must not be longer than the longest, " + most);
        }
        return new BreakglassRules(
                least,
                most,
                span(
                        fields,
                        "breakGlassClosureAfter",
                        edit.breakGlassClosureAfter(),
                        before.closureAfter(),
                        minute,
                        30),
                span(fields, "breakGlassReviewAfter", edit.breakGlassReviewAfter(), before.reviewAfter(), minute, 90),
                blocksNext(fields, edit.breakGlassBlocksNext(), before.blocksNext()));
    }

    private static BreakglassRules.Blocks blocksNext(
            Fields fields, @Nullable String word, BreakglassRules.Blocks before) {
        if (word == null) {
            return before;
        }
        fields.oneOf("breakGlassBlocksNext", word, Set.of("nobody", "person", "team"));
        return switch (word) {
            case "person" -> BreakglassRules.Blocks.PERSON;
            case "team" -> BreakglassRules.Blocks.TEAM;
            default -> BreakglassRules.Blocks.NOBODY;
        };
    }

    private static ZoneId zone(Fields fields, String id, ZoneId before) {
        if (!ZoneId.getAvailableZoneIds().contains(id)) {
            fields.wrong("zone", "wrong-value", "`" + id + "` is no time zone; one is `Europe/Berlin`");
            return before;
        }
        return ZoneId.of(id);
    }

    private static Duration span(
            Fields fields, String field, @Nullable Duration wish, Duration before, Duration least, int mostDays) {
        if (wish == null) {
            return before;
        }
        if (wish.compareTo(least) < 0 || wish.compareTo(Duration.ofDays(mostDays)) > 0) {
            fields.wrong(field, "wrong-value", "`" + field + "` is from " + least + " to P" + mostDays + "D");
        }
        return wish.truncatedTo(ChronoUnit.SECONDS);
    }

    private static VoteReason voteReason(Fields fields, String word) {
        fields.oneOf("voteReasonRequired", word, Set.of("never", "on-deny", "always"));
        return switch (word) {
            case "on-deny" -> VoteReason.ON_DENY;
            case "always" -> VoteReason.ALWAYS;
            default -> VoteReason.NEVER;
        };
    }

    private static Differences differences(Settings before, Settings after) {
        return new Differences()
                .field("name", before.name(), after.name())
                .field("zone", before.zone(), after.zone())
                .field("staleAfter", before.staleAfter(), after.staleAfter())
                .field("denialMemory", before.denialMemory(), after.denialMemory())
                .field("ownChangeWindow", before.ownChangeWindow(), after.ownChangeWindow())
                .field(
                        "voteReasonRequired",
                        JsonWords.of(before.voteReasonRequired()),
                        JsonWords.of(after.voteReasonRequired()))
                .field("asksPerMinute", before.asksPerMinute(), after.asksPerMinute())
                .field("payloadLimit", before.payloadLimit(), after.payloadLimit())
                .field("outcomeAfter", before.outcomeAfter(), after.outcomeAfter())
                .field(
                        "breakGlassMinimum",
                        before.breakglass().least(),
                        after.breakglass().least())
                .field(
                        "breakGlassMaximum",
                        before.breakglass().most(),
                        after.breakglass().most())
                .field(
                        "breakGlassClosureAfter",
                        before.breakglass().closureAfter(),
                        after.breakglass().closureAfter())
                .field(
                        "breakGlassReviewAfter",
                        before.breakglass().reviewAfter(),
                        after.breakglass().reviewAfter())
                .field(
                        "breakGlassBlocksNext",
                        JsonWords.of(before.breakglass().blocksNext()),
                        JsonWords.of(after.breakglass().blocksNext()));
    }
}
