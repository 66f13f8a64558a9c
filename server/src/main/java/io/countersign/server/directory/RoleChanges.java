package io.countersign.server.directory;

import io.countersign.core.audit.DirectoryEntry;
import io.countersign.server.audit.Actor;
import io.countersign.server.directory.HandleStore.Holder;
import io.countersign.server.directory.RoleStore.RoleRow;
import io.countersign.server.platform.EntityTag;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Adds, changes and removes roles of the organization's own, and gives and takes roles. */
@Service
class RoleChanges {

    private final Changes changes;
    private final RoleStore roles;
    private final HandleStore handles;
    private final MembershipStore memberships;
    private final LastAdmin lastAdmin;

    RoleChanges(
            Changes changes, RoleStore roles, HandleStore handles, MembershipStore memberships, LastAdmin lastAdmin) {
        this.changes = changes;
        this.roles = roles;
        this.handles = handles;
        this.memberships = memberships;
        this.lastAdmin = lastAdmin;
    }

    RoleRow add(Actor actor, String id, String name, @Nullable String description) {
        Fields fields = new Fields();
        Role role = new Role(
                fields.handle("id", id),
                fields.name("name", name),
                fields.description("description", description),
                false);
        fields.check();
        return changes.make(actor, change -> {
            if (!roles.insert(role, change)) {
                throw ProblemException.conflict("role-exists", "there is a role `" + role.id() + "` already");
            }
            change.tell(new DirectoryEntry.RoleCreated(role.id(), role.name()));
            return found(change.orgId(), role.id());
        });
    }

    RoleRow edit(Actor actor, String roleId, long version, @Nullable String newName, @Nullable String newDescription) {
        return changes.make(actor, change -> {
            RoleRow before = found(change.orgId(), roleId);
            demandOwn(before);
            EntityTag.demandSame(version, before.version());
            Fields fields = new Fields();
            String name = newName == null ? before.role().name() : fields.name("name", newName);
            String description = newDescription == null
                    ? before.role().description()
                    : fields.description("description", newDescription);
            fields.check();
            Differences differences = new Differences()
                    .field("name", before.role().name(), name)
                    .field("description", before.role().description(), description);
            if (!differences.isEmpty()) {
                roles.update(change.orgId(), roleId, name, description);
                change.tell(new DirectoryEntry.RoleChanged(roleId, differences.list()));
            }
            return found(change.orgId(), roleId);
        });
    }

    void delete(Actor actor, String roleId, @Nullable Long version) {
        changes.make(actor, change -> {
            RoleRow before = found(change.orgId(), roleId);
            demandOwn(before);
            if (version != null) {
                EntityTag.demandSame(version, before.version());
            }
            delete(change, roleId);
            return true;
        });
    }

    /** Removes a role as a part of a change that is under way. */
    void delete(DirectoryChange change, String roleId) {
        List<String> holders = memberships.takeAll(change.orgId(), roleId);
        roles.delete(change.orgId(), roleId);
        change.tell(new DirectoryEntry.RoleDeleted(roleId, holders));
    }

    private static void demandOwn(RoleRow row) {
        if (row.role().builtIn()) {
            throw Problem.of(409, "role-built-in", "the role `" + row.role().id() + "` is built in and stays as it is")
                    .remedy("add a role of your own")
                    .raise();
        }
    }

    void give(Actor actor, String roleId, String holder) {
        changes.make(actor, change -> {
            found(change.orgId(), roleId);
            Holder who = principal(change.orgId(), holder);
            if (memberships.give(roleId, who.id(), change)) {
                change.tell(new DirectoryEntry.RoleGiven(roleId, who.id()));
            }
            return true;
        });
    }

    void take(Actor actor, String roleId, String holder) {
        changes.make(actor, change -> {
            found(change.orgId(), roleId);
            take(change, roleId, principal(change.orgId(), holder).id());
            return true;
        });
    }

    /** Takes a role as a part of a change that is under way. */
    void take(DirectoryChange change, String roleId, String holderId) {
        if (roleId.equals(Rights.ADMIN)) {
            lastAdmin.demandAnother(change.orgId(), holderId);
        }
        if (memberships.take(change.orgId(), roleId, holderId)) {
            change.tell(new DirectoryEntry.RoleTaken(roleId, holderId));
        }
    }

    private Holder principal(String orgId, String holder) {
        return handles.find(orgId, holder)
                .filter(found -> !found.kind().equals(HandleStore.TEAM))
                .filter(found -> !found.handle().equals(Bootstrap.HANDLE))
                .orElseThrow(() -> ProblemException.notFound("person", holder));
    }

    private RoleRow found(String orgId, String roleId) {
        return roles.find(orgId, roleId).orElseThrow(() -> ProblemException.notFound("role", roleId));
    }
}
