package io.countersign.server.directory;

import io.countersign.core.audit.DirectoryEntry;
import io.countersign.server.audit.Actor;
import io.countersign.server.directory.TeamStore.TeamRow;
import io.countersign.server.platform.EntityTag;
import io.countersign.server.platform.Fault;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Adds, changes and removes teams, and puts people into them. */
@Service
class TeamChanges {

    private final Changes changes;
    private final TeamStore teams;
    private final HandleStore handles;
    private final MembershipStore memberships;

    TeamChanges(Changes changes, TeamStore teams, HandleStore handles, MembershipStore memberships) {
        this.changes = changes;
        this.teams = teams;
        this.handles = handles;
        this.memberships = memberships;
    }

    /** A team to be added; the parent by id or {@code @handle}. */
    record NewTeam(
            String handle,
            String name,
            @Nullable String parentId,
            @Nullable Boolean countsAsDistinct) {}

    /** What is to change about a team; what is null stays, an empty parent means none. */
    record TeamEdit(
            @Nullable String name,
            @Nullable String parentId,
            @Nullable Boolean countsAsDistinct) {}

    TeamRow add(Actor actor, NewTeam wish) {
        Fields fields = new Fields();
        String handle = fields.handle("handle", wish.handle());
        String name = fields.name("name", wish.name());
        fields.check();
        return changes.make(actor, change -> {
            @Nullable String parent = parent(change.orgId(), wish.parentId());
            String teamId = Ids.next(IdPrefix.TEAM);
            handles.take(change.orgId(), handle, teamId, HandleStore.TEAM);
            teams.insert(
                    teamId, handle, name, parent, wish.countsAsDistinct() == null || wish.countsAsDistinct(), change);
            change.tell(new DirectoryEntry.TeamCreated(teamId, handle, name, parent));
            return found(change.orgId(), teamId);
        });
    }

    private @Nullable String parent(String orgId, @Nullable String named) {
        if (named == null || named.isEmpty()) {
            return null;
        }
        return handles.find(orgId, HandleStore.TEAM, named)
                .orElseThrow(() ->
                        ProblemException.badField("team-not-found", "parentId", "there is no team `" + named + "`"));
    }

    TeamRow edit(Actor actor, String teamId, long version, TeamEdit edit) {
        return changes.make(actor, change -> {
            TeamRow before = found(change.orgId(), teamId);
            EntityTag.demandSame(version, before.version());
            Fields fields = new Fields();
            String name = edit.name() == null ? before.name() : fields.name("name", edit.name());
            fields.check();
            boolean distinct = edit.countsAsDistinct() == null ? before.countsAsDistinct() : edit.countsAsDistinct();
            @Nullable
            String parent = edit.parentId() == null ? before.parentId() : parent(change.orgId(), edit.parentId());
            Differences differences = new Differences()
                    .field("name", before.name(), name)
                    .field("countsAsDistinct", before.countsAsDistinct(), distinct);
            if (!differences.isEmpty()) {
                teams.update(teamId, name, distinct, change);
            }
            if (!Objects.equals(parent, before.parentId())) {
                demandNoCycle(change.orgId(), teamId, parent);
                teams.putBelow(teamId, parent, change);
                differences.field("parentId", before.parentId(), parent);
            }
            if (!differences.isEmpty()) {
                change.tell(new DirectoryEntry.TeamChanged(teamId, differences.list()));
            }
            return found(change.orgId(), teamId);
        });
    }

    private void demandNoCycle(String orgId, String teamId, @Nullable String parentId) {
        if (parentId != null && teams.isWithin(orgId, parentId, teamId)) {
            throw Problem.of(409, "team-cycle", "a team cannot stand below itself")
                    .fault(Fault.of("team-cycle", "parentId", "the team `" + parentId + "` stands below this one"))
                    .remedy("choose a team that is not among the teams below this one")
                    .raise();
        }
    }

    void delete(Actor actor, String teamId, @Nullable Long version) {
        changes.make(actor, change -> {
            TeamRow before = found(change.orgId(), teamId);
            if (version != null) {
                EntityTag.demandSame(version, before.version());
            }
            delete(change, teamId, before.handle());
            return true;
        });
    }

    /** Removes a team as a part of a change that is under way. */
    void delete(DirectoryChange change, String teamId, String handle) {
        List<String> below = teams.directlyBelow(change.orgId(), teamId);
        below.forEach(child -> teams.putBelow(child, null, change));
        List<String> members = memberships.leaveAll(change.orgId(), teamId);
        teams.delete(teamId, change);
        handles.giveBack(change.orgId(), handle);
        change.tell(new DirectoryEntry.TeamDeleted(teamId, handle, members, below));
    }

    void join(Actor actor, String teamId, String personId) {
        changes.make(actor, change -> {
            found(change.orgId(), teamId);
            demandPerson(change.orgId(), personId);
            if (memberships.join(teamId, personId, change)) {
                change.tell(new DirectoryEntry.TeamMemberAdded(teamId, personId));
            }
            return true;
        });
    }

    void leave(Actor actor, String teamId, String personId) {
        changes.make(actor, change -> {
            found(change.orgId(), teamId);
            demandPerson(change.orgId(), personId);
            if (memberships.leave(change.orgId(), teamId, personId)) {
                change.tell(new DirectoryEntry.TeamMemberRemoved(teamId, personId));
            }
            return true;
        });
    }

    private void demandPerson(String orgId, String personId) {
        if (handles.find(orgId, HandleStore.PERSON, personId).isEmpty()) {
            throw ProblemException.notFound("person", personId);
        }
    }

    private TeamRow found(String orgId, String teamId) {
        return teams.find(orgId, teamId).orElseThrow(() -> ProblemException.notFound("team", teamId));
    }
}
