package io.countersign.server.directory;

import io.countersign.core.audit.DirectoryEntry;
import io.countersign.core.declaration.Declared;
import io.countersign.core.declaration.DeclaredKind;
import io.countersign.core.declaration.Difference;
import io.countersign.core.declaration.Difference.Altered;
import io.countersign.server.directory.AccountStore.AccountRow;
import io.countersign.server.directory.AdditionStore.Given;
import io.countersign.server.directory.AdditionStore.New;
import io.countersign.server.directory.PeopleChanges.PersonEdit;
import io.countersign.server.platform.Ids;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes people, teams, roles and accounts what they are declared to be; new ones first, so that nobody is missing. */
@Component
class DeclaredPeople {

    private final PeopleChanges peopleChanges;
    private final TeamChanges teamChanges;
    private final RoleChanges roleChanges;
    private final AccountChanges accountChanges;
    private final PersonStore people;
    private final TeamStore teams;
    private final RoleStore roles;
    private final AccountStore accounts;
    private final MembershipStore memberships;
    private final AdditionStore additions;

    DeclaredPeople(
            PeopleChanges peopleChanges,
            TeamChanges teamChanges,
            RoleChanges roleChanges,
            AccountChanges accountChanges,
            PersonStore people,
            TeamStore teams,
            RoleStore roles,
            AccountStore accounts,
            MembershipStore memberships,
            AdditionStore additions) {
        this.peopleChanges = peopleChanges;
        this.teamChanges = teamChanges;
        this.roleChanges = roleChanges;
        this.accountChanges = accountChanges;
        this.people = people;
        this.teams = teams;
        this.roles = roles;
        this.accounts = accounts;
        this.memberships = memberships;
        this.additions = additions;
    }

    /** The ids behind handles: of those who were there, and of the new ones. */
    private record Known(PresentDirectory present, Map<String, String> added) {

        String id(String handle) {
            return Optional.ofNullable(added.get(handle))
                    .or(() -> present.id(DeclaredKind.PERSON, handle))
                    .or(() -> present.id(DeclaredKind.TEAM, handle))
                    .or(() -> present.id(DeclaredKind.ACCOUNT, handle))
                    .orElse(handle);
        }

        @Nullable
        String idOrNone(@Nullable String handle) {
            return handle == null ? null : id(handle);
        }
    }

    /** Adds and edits; what is declared no more is still there. */
    void keep(DirectoryChange change, Difference difference, PresentDirectory present) {
        Known known = new Known(present, new HashMap<>());
        addPeople(change, difference, known);
        addTeams(change, difference, known);
        for (Declared.Role role : difference.added(Declared.Role.class)) {
            roles.insert(new Role(role.id(), String.valueOf(role.fullName()), role.description(), false), change);
            change.tell(new DirectoryEntry.RoleCreated(role.id(), String.valueOf(role.fullName())));
        }
        addAccounts(change, difference, known);
        editTeams(change, difference, known);
        editRoles(change, difference);
        editAccounts(change, difference, known);
        gives(change, difference, known);
        editPeople(change, difference, present);
        takes(change, difference, known);
    }

    private static <T extends Declared> List<New<T>> named(List<T> things, String prefix, Known known) {
        List<New<T>> named = new ArrayList<>();
        for (T thing : things) {
            String id = Ids.next(prefix);
            named.add(new New<>(id, thing));
            known.added().put(thing.name(), id);
        }
        return named;
    }

    private void addPeople(DirectoryChange change, Difference difference, Known known) {
        List<New<Declared.Person>> added = named(difference.added(Declared.Person.class), IdPrefix.PERSON, known);
        if (!added.isEmpty()) {
            additions.takeHandles(change, added, HandleStore.PERSON);
            additions.insertPeople(change, added);
            added.forEach(one -> change.tell(new DirectoryEntry.PersonCreated(
                    one.id(), one.thing().handle(), one.thing().fullName())));
        }
    }

    private void addTeams(DirectoryChange change, Difference difference, Known known) {
        List<New<Declared.Team>> added = named(difference.added(Declared.Team.class), IdPrefix.TEAM, known);
        if (added.isEmpty()) {
            return;
        }
        additions.takeHandles(change, added, HandleStore.TEAM);
        Map<String, String> parents = new HashMap<>();
        added.forEach(one -> {
            String parent = one.thing().parent();
            if (parent != null) {
                parents.put(one.id(), known.id(parent));
            }
        });
        additions.insertTeams(change, added, parents);
        added.forEach(one -> change.tell(new DirectoryEntry.TeamCreated(
                one.id(), one.thing().handle(), one.thing().fullName(), parents.get(one.id()))));
    }

    private void addAccounts(DirectoryChange change, Difference difference, Known known) {
        List<New<Declared.Account>> added = named(difference.added(Declared.Account.class), IdPrefix.ACCOUNT, known);
        if (!added.isEmpty()) {
            additions.takeHandles(change, added, HandleStore.ACCOUNT);
        }
        for (New<Declared.Account> one : added) {
            Declared.Account account = one.thing();
            String owner = known.id(account.owner());
            @Nullable String accountable = known.idOrNone(account.accountable());
            accounts.insert(
                    one.id(), account.handle(), account.fullName(), account.accountKind(), owner, accountable, change);
            change.tell(new DirectoryEntry.AccountCreated(
                    one.id(), account.handle(), account.fullName(), account.accountKind(), owner, accountable));
            if (Boolean.FALSE.equals(account.active())) {
                AccountRow row = accounts.find(change.orgId(), one.id()).orElseThrow();
                accountChanges.edit(
                        change, row, new AccountChanges.State(account.fullName(), owner, accountable, false));
            }
        }
    }

    private void editPeople(DirectoryChange change, Difference difference, PresentDirectory present) {
        for (Altered<Declared.Person> person : difference.altered(Declared.Person.class)) {
            String id = present.idOf(DeclaredKind.PERSON, person.after().handle());
            String email = person.after().email();
            peopleChanges.edit(
                    change,
                    people.find(change.orgId(), id).orElseThrow(),
                    new PersonEdit(
                            person.after().fullName(),
                            email == null ? "" : email,
                            person.after().active()));
        }
    }

    /** Teams find their new places at once: on the way there some may stand below themselves. */
    private void editTeams(DirectoryChange change, Difference difference, Known known) {
        for (Altered<Declared.Team> altered : difference.altered(Declared.Team.class)) {
            Declared.Team before = altered.before();
            Declared.Team after = altered.after();
            String id = known.id(after.handle());
            Differences differences = new Differences()
                    .field("name", before.fullName(), after.fullName())
                    .field("countsAsDistinct", before.countsAsDistinct(), after.countsAsDistinct());
            if (!differences.isEmpty()) {
                teams.update(id, after.fullName(), after.countsAsDistinct(), change);
            }
            @Nullable String from = known.idOrNone(before.parent());
            @Nullable String to = known.idOrNone(after.parent());
            if (!Objects.equals(from, to)) {
                teams.putBelow(id, to, change);
                differences.field("parentId", from, to);
            }
            if (!differences.isEmpty()) {
                change.tell(new DirectoryEntry.TeamChanged(id, differences.list()));
            }
        }
    }

    private void editRoles(DirectoryChange change, Difference difference) {
        for (Altered<Declared.Role> altered : difference.altered(Declared.Role.class)) {
            Declared.Role before = altered.before();
            Declared.Role after = altered.after();
            Differences differences = new Differences()
                    .field("name", before.fullName(), after.fullName())
                    .field("description", before.description(), after.description());
            if (!differences.isEmpty()) {
                roles.update(change.orgId(), after.id(), String.valueOf(after.fullName()), after.description());
                change.tell(new DirectoryEntry.RoleChanged(after.id(), differences.list()));
            }
        }
    }

    private void editAccounts(DirectoryChange change, Difference difference, Known known) {
        for (Altered<Declared.Account> altered : difference.altered(Declared.Account.class)) {
            Declared.Account after = altered.after();
            accountChanges.edit(
                    change,
                    accounts.find(change.orgId(), known.id(after.handle())).orElseThrow(),
                    new AccountChanges.State(
                            after.fullName(),
                            known.id(after.owner()),
                            known.idOrNone(after.accountable()),
                            !Boolean.FALSE.equals(after.active())));
        }
    }

    private void gives(DirectoryChange change, Difference difference, Known known) {
        List<Given> joined = new ArrayList<>();
        difference
                .added(Declared.Team.class)
                .forEach(team -> collect(known.id(team.handle()), team.members(), Set.of(), known, joined));
        difference
                .altered(Declared.Team.class)
                .forEach(team -> collect(
                        known.id(team.after().handle()),
                        team.after().members(),
                        team.before().members(),
                        known,
                        joined));
        if (!joined.isEmpty()) {
            additions.join(change, joined);
            joined.forEach(one -> change.tell(new DirectoryEntry.TeamMemberAdded(one.groupId(), one.holderId())));
        }
        List<Given> given = new ArrayList<>();
        difference
                .added(Declared.Role.class)
                .forEach(role -> collect(role.id(), role.holders(), Set.of(), known, given));
        difference
                .altered(Declared.Role.class)
                .forEach(role -> collect(
                        role.after().id(), role.after().holders(), role.before().holders(), known, given));
        if (!given.isEmpty()) {
            additions.give(change, given);
            given.forEach(one -> change.tell(new DirectoryEntry.RoleGiven(one.groupId(), one.holderId())));
        }
    }

    private void takes(DirectoryChange change, Difference difference, Known known) {
        List<Given> left = new ArrayList<>();
        difference
                .altered(Declared.Team.class)
                .forEach(team -> collect(
                        known.id(team.after().handle()),
                        team.before().members(),
                        team.after().members(),
                        known,
                        left));
        for (Given one : left) {
            if (memberships.leave(change.orgId(), one.groupId(), one.holderId())) {
                change.tell(new DirectoryEntry.TeamMemberRemoved(one.groupId(), one.holderId()));
            }
        }
        List<Given> taken = new ArrayList<>();
        difference
                .altered(Declared.Role.class)
                .forEach(role -> collect(
                        role.after().id(), role.before().holders(), role.after().holders(), known, taken));
        taken.forEach(one -> roleChanges.take(change, one.groupId(), one.holderId()));
    }

    /** Those of the one list that the other lacks. */
    private static void collect(
            String groupId,
            @Nullable SortedSet<String> handles,
            @Nullable Set<String> without,
            Known known,
            List<Given> into) {
        if (handles != null) {
            handles.stream()
                    .filter(handle -> without == null || !without.contains(handle))
                    .forEach(handle -> into.add(new Given(groupId, known.id(handle))));
        }
    }

    /** Removes what is declared no more. */
    void remove(DirectoryChange change, Difference difference, PresentDirectory present) {
        difference
                .removed(Declared.Account.class)
                .forEach(account -> accountChanges.delete(
                        change, present.idOf(DeclaredKind.ACCOUNT, account.handle()), account.handle()));
        difference
                .removed(Declared.Team.class)
                .forEach(team ->
                        teamChanges.delete(change, present.idOf(DeclaredKind.TEAM, team.handle()), team.handle()));
        difference
                .removed(Declared.Person.class)
                .forEach(person -> peopleChanges.delete(
                        change,
                        people.find(change.orgId(), present.idOf(DeclaredKind.PERSON, person.handle()))
                                .orElseThrow()));
        difference.removed(Declared.Role.class).forEach(role -> roleChanges.delete(change, role.id()));
    }
}
