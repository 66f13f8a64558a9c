package io.countersign.server.directory;

import io.countersign.core.action.ActionType;
import io.countersign.core.action.PrincipalKind;
import io.countersign.core.action.Tier;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of one organization that its image is made of, the deleted ones too: their names are still read. */
record DirectoryFacts(
        String organizationId,
        Settings settings,
        List<SettingsChange> settingsChanges,
        SetUp setUp,
        List<PersonFact> people,
        List<AccountFact> accounts,
        List<TeamFact> teams,
        List<Given> teamMembers,
        List<Role> roles,
        List<Given> roleHolders,
        List<PermissionGrant> permissionGrants,
        List<Named> projects,
        List<Named> clusters,
        List<EnvironmentFact> environments,
        List<ActionType> ownActions) {

    /** Who changed by what rules are judged, when, and what was true before. */
    record SettingsChange(String by, Instant at, ZoneId zoneBefore, Duration ownChangeWindowBefore) {}

    /** A person; the credential's maker is there only while nobody has confirmed it. */
    record PersonFact(
            String id,
            String handle,
            String name,
            boolean active,
            boolean deleted,
            String activatedBy,
            Instant activatedAt,
            @Nullable String credentialMaker,
            @Nullable Instant linkMadeAt) {}

    /** A service account, an agent, or the bootstrap account. */
    record AccountFact(
            String id,
            String handle,
            String name,
            PrincipalKind kind,
            boolean active,
            boolean deleted,
            @Nullable String ownerId,
            @Nullable String accountableId) {}

    /** A team and who put it where it stands. */
    record TeamFact(
            String id,
            String handle,
            String name,
            boolean deleted,
            @Nullable String parentId,
            String parentSetBy,
            Instant parentSetAt,
            boolean countsAsDistinct) {}

    /** A membership or a held role, with who gave it and when. */
    record Given(String groupId, String holderId, String by, Instant at) {}

    /** A permission given by name. */
    record PermissionGrant(
            String id, String principalId, String permission, Set<String> actions, Set<String> resources) {}

    /** A project or a cluster. */
    record Named(String id, String name, boolean deleted) {}

    /** An environment. */
    record EnvironmentFact(
            String id,
            String projectId,
            String name,
            boolean deleted,
            Tier tier,
            @Nullable String clusterId,
            boolean frozen) {}
}
