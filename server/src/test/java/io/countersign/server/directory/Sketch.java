package io.countersign.server.directory;

import io.countersign.core.action.PrincipalKind;
import io.countersign.core.action.Tier;
import io.countersign.core.policy.VoteReason;
import io.countersign.server.directory.DirectoryFacts.AccountFact;
import io.countersign.server.directory.DirectoryFacts.EnvironmentFact;
import io.countersign.server.directory.DirectoryFacts.Given;
import io.countersign.server.directory.DirectoryFacts.Named;
import io.countersign.server.directory.DirectoryFacts.PermissionGrant;
import io.countersign.server.directory.DirectoryFacts.PersonFact;
import io.countersign.server.directory.DirectoryFacts.SettingsChange;
import io.countersign.server.directory.DirectoryFacts.TeamFact;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A small organization drawn by hand, whose set-up ended long ago. */
final class Sketch {

    static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    static final Instant LONG_AGO = Instant.parse("2026-02-01T12:00:00Z");

    SetUp setUp = new SetUp(Instant.parse("2026-01-01T00:00:00Z"), null, null);
    private final List<PersonFact> people = new ArrayList<>();
    private final List<AccountFact> accounts = new ArrayList<>();
    private final List<TeamFact> teams = new ArrayList<>();
    private final List<Given> members = new ArrayList<>();
    private final List<Given> holders = new ArrayList<>();
    private final List<PermissionGrant> grants = new ArrayList<>();
    private final List<SettingsChange> settingsChanges = new ArrayList<>();

    Sketch() {
        account("acc_bootstrap", PrincipalKind.BOOTSTRAP, null, null);
    }

    Sketch person(String id) {
        return person(id, "acc_bootstrap", LONG_AGO);
    }

    Sketch person(String id, String activatedBy, Instant at) {
        return enrolled(id, activatedBy, at, null, null);
    }

    /** A person who enrolled by a link that nobody has confirmed. */
    Sketch enrolled(
            String id, String activatedBy, Instant at, @Nullable String linkMaker, @Nullable Instant linkMadeAt) {
        people.add(new PersonFact(id, id, id, true, false, activatedBy, at, linkMaker, linkMadeAt));
        return this;
    }

    Sketch account(String id, PrincipalKind kind, @Nullable String owner, @Nullable String accountable) {
        accounts.add(new AccountFact(id, id, id, kind, true, false, owner, accountable));
        return this;
    }

    Sketch team(String id, @Nullable String parent, String by, Instant at) {
        teams.add(new TeamFact(id, id, id, false, parent, by, at, true));
        return this;
    }

    Sketch member(String team, String person, String by, Instant at) {
        members.add(new Given(team, person, by, at));
        return this;
    }

    Sketch role(String role, String holder, String by, Instant at) {
        holders.add(new Given(role, holder, by, at));
        return this;
    }

    /** The settings were these before somebody changed them. */
    Sketch settingsBefore(ZoneId zone, Duration ownChangeWindow, String by, Instant at) {
        settingsChanges.add(new SettingsChange(by, at, zone, ownChangeWindow));
        return this;
    }

    Sketch grant(String principal, String permission, Set<String> actions, Set<String> resources) {
        grants.add(new PermissionGrant("pgr_" + grants.size(), principal, permission, actions, resources));
        return this;
    }

    DirectoryImage image() {
        Settings settings = new Settings(
                "acme",
                "Acme",
                ZoneOffset.UTC,
                Duration.ofHours(24),
                Duration.ofHours(24),
                Duration.ofHours(24),
                VoteReason.NEVER,
                120,
                1L << 24,
                Duration.ofHours(1),
                new BreakglassRules(
                        Duration.ofMinutes(30),
                        Duration.ofHours(4),
                        Duration.ofHours(24),
                        Duration.ofDays(3),
                        BreakglassRules.Blocks.NOBODY));
        DirectoryFacts facts = new DirectoryFacts(
                "org_acme",
                settings,
                settingsChanges,
                setUp,
                people,
                accounts,
                teams,
                members,
                Rights.BUILT_IN,
                holders,
                grants,
                List.of(new Named("prj_payments", "payments", false), new Named("prj_gone", "gone", true)),
                List.of(new Named("cls_eu", "eu-1", false)),
                List.of(
                        new EnvironmentFact(
                                "env_prod", "prj_payments", "production", false, Tier.PRODUCTION, "cls_eu", true),
                        new EnvironmentFact("env_dev", "prj_payments", "dev", false, Tier.DEVELOPMENT, null, false),
                        new EnvironmentFact("env_gone", "prj_gone", "dev", false, Tier.DEVELOPMENT, null, false)),
                List.of());
        return DirectoryImage.of(facts, 7, 7);
    }
}
