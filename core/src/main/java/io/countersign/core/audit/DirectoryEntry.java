package io.countersign.core.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to people, teams, roles, accounts and the things that are gated. */
public sealed interface DirectoryEntry extends Entry {

    /** An organization was created. */
    record OrganizationCreated(String organizationId, String handle, String name) implements DirectoryEntry {}

    /** Settings of the organization changed. */
    record OrganizationChanged(List<FieldChange> changes) implements DirectoryEntry {}

    /** The organization's set-up ended; from now on nobody's own changes are exempt. */
    record SetUpEnded(String why) implements DirectoryEntry {

        @Override
        public boolean prominent() {
            return true;
        }
    }

    /** A person was added. */
    record PersonCreated(String personId, String handle, String name) implements DirectoryEntry {}

    /** Something about a person changed. */
    record PersonChanged(String personId, List<FieldChange> changes) implements DirectoryEntry {}

    /** A person may act again. */
    record PersonActivated(String personId) implements DirectoryEntry {}

    /** A person may not act any more; sessions and tokens ended with it. */
    record PersonDeactivated(String personId, int endedSessions, int revokedTokens) implements DirectoryEntry {}

    /** A person was removed for good; memberships, sessions and tokens ended with it. */
    record PersonDeleted(String personId, String handle, int endedSessions, int revokedTokens)
            implements DirectoryEntry {}

    /** A team was added. */
    record TeamCreated(
            String teamId,
            String handle,
            String name,
            @Nullable String parentId) implements DirectoryEntry {}

    /** Something about a team changed. */
    record TeamChanged(String teamId, List<FieldChange> changes) implements DirectoryEntry {}

    /** A team was removed; its members lost it, and the teams below it stand alone. */
    record TeamDeleted(String teamId, String handle, List<String> members, List<String> teamsBelow)
            implements DirectoryEntry {}

    /** A person was put into a team. */
    record TeamMemberAdded(String teamId, String personId) implements DirectoryEntry {}

    /** A person was taken out of a team. */
    record TeamMemberRemoved(String teamId, String personId) implements DirectoryEntry {}

    /** A role of the organization's own was added. */
    record RoleCreated(String roleId, String name) implements DirectoryEntry {}

    /** Something about a role changed. */
    record RoleChanged(String roleId, List<FieldChange> changes) implements DirectoryEntry {}

    /** A role of the organization's own was removed; its holders lost it. */
    record RoleDeleted(String roleId, List<String> holders) implements DirectoryEntry {}

    /** A person or account was given a role. */
    record RoleGiven(String roleId, String holderId) implements DirectoryEntry {}

    /** A role was taken from a person or account. */
    record RoleTaken(String roleId, String holderId) implements DirectoryEntry {}

    /** A service account or agent was added. */
    record AccountCreated(
            String accountId,
            String handle,
            String name,
            String kind,
            @Nullable String ownerId,
            @Nullable String accountableId)
            implements DirectoryEntry {}

    /** Something about an account changed. */
    record AccountChanged(String accountId, List<FieldChange> changes) implements DirectoryEntry {}

    /** An account may act again. */
    record AccountActivated(String accountId) implements DirectoryEntry {}

    /** An account may not act any more; its tokens ended with it. */
    record AccountDeactivated(String accountId, int revokedTokens) implements DirectoryEntry {}

    /** An account was removed for good. */
    record AccountDeleted(String accountId, String handle, int revokedTokens) implements DirectoryEntry {}

    /** A permission that no role carries was given by name. */
    record PermissionGiven(
            String grantId, String principalId, String permission, List<String> actions, List<String> resources)
            implements DirectoryEntry {}

    /** A permission given by name was taken back. */
    record PermissionTaken(String grantId, String principalId, String permission) implements DirectoryEntry {}

    /** A project was added. */
    record ProjectCreated(String projectId, String name) implements DirectoryEntry {}

    /** Something about a project changed. */
    record ProjectChanged(String projectId, List<FieldChange> changes) implements DirectoryEntry {}

    /** A project was removed with its environments. */
    record ProjectDeleted(String projectId, String name, List<String> environments) implements DirectoryEntry {}

    /** An environment was added. */
    record EnvironmentCreated(
            String environmentId,
            String projectId,
            String name,
            String tier,
            @Nullable String clusterId) implements DirectoryEntry {}

    /** Something about an environment changed. */
    record EnvironmentChanged(String environmentId, List<FieldChange> changes) implements DirectoryEntry {}

    /** An environment was removed. */
    record EnvironmentDeleted(String environmentId, String projectId, String name) implements DirectoryEntry {}

    /** An environment was frozen: nothing is deployed to it. */
    record EnvironmentFrozen(String environmentId, String name, String reason) implements DirectoryEntry {}

    /** An environment was unfrozen. */
    record EnvironmentUnfrozen(
            String environmentId, String name, @Nullable String reason) implements DirectoryEntry {}

    /** A cluster was added. */
    record ClusterCreated(String clusterId, String name) implements DirectoryEntry {}

    /** Something about a cluster changed. */
    record ClusterChanged(String clusterId, List<FieldChange> changes) implements DirectoryEntry {}

    /** A cluster was removed; the environments that named it name none now. */
    record ClusterDeleted(String clusterId, String name, List<String> environments) implements DirectoryEntry {}

    /** A release was made known. */
    record ReleaseCreated(String releaseId, String projectId, String name, String sourceReference)
            implements DirectoryEntry {}

    /** The organization added a kind of action of its own; an emergency workflow's stands out. */
    record ActionTypeAdded(
            String actionId, String title, String risk, String level, boolean deploying, boolean emergency)
            implements DirectoryEntry {

        @Override
        public boolean prominent() {
            return emergency;
        }
    }
}
