package io.countersign.server.directory;

import io.countersign.core.action.ActionCatalogue;
import io.countersign.core.action.Ask;
import io.countersign.core.action.Place;
import io.countersign.core.action.Place.EnvironmentFacts;
import io.countersign.core.action.PrincipalKind;
import io.countersign.core.action.Resource;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.approval.OwnChanges;
import io.countersign.core.policy.People;
import io.countersign.server.directory.DirectoryFacts.PermissionGrant;
import io.countersign.server.directory.DirectoryFacts.SettingsChange;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Permission;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An organization as it is at one epoch, whole and in memory; it never changes. */
public final class DirectoryImage {

    private final DirectoryFacts facts;
    private final long epoch;
    private final long directoryEpoch;
    private final People people;
    private final Map<String, Principal> principals;
    private final Map<String, String> idsByHandle;
    private final Map<String, String> handlesById = new HashMap<>();
    private final Map<String, Set<Permission>> rights;
    private final Map<String, List<PermissionGrant>> oneByOne;
    private final Map<String, Role> roles;
    private final Map<String, String> names;
    private final Places places;
    private final AskingSide askingSide;
    private final Ownership ownership;
    private final GivenChanges givenChanges;
    private final ActionCatalogue actions;

    private DirectoryImage(DirectoryFacts facts, long epoch, long directoryEpoch) {
        this.facts = facts;
        this.epoch = epoch;
        this.directoryEpoch = directoryEpoch;
        Reading reading = new Reading(facts);
        people = reading.people();
        principals = reading.principals();
        idsByHandle = reading.idsByHandle();
        idsByHandle.forEach((handle, id) -> handlesById.put(id, handle));
        names = reading.names();
        rights = new HashMap<>();
        principals.values().stream()
                .filter(Principal::active)
                .forEach(principal ->
                        rights.put(principal.id(), Set.copyOf(Rights.of(principal.kind(), principal.roles()))));
        oneByOne = facts.permissionGrants().stream().collect(Collectors.groupingBy(PermissionGrant::principalId));
        roles = facts.roles().stream().collect(Collectors.toMap(Role::id, role -> role));
        places = new Places(facts);
        ownership = new Ownership(facts.accounts(), people);
        askingSide = new AskingSide(people, ownership, reading.bootstrapId());
        givenChanges = new GivenChanges(facts);
        actions = ActionCatalogue.standard().with(facts.ownActions());
    }

    private DirectoryImage(DirectoryImage same, long epoch) {
        facts = same.facts;
        this.epoch = epoch;
        directoryEpoch = same.directoryEpoch;
        people = same.people;
        principals = same.principals;
        idsByHandle = same.idsByHandle;
        handlesById.putAll(same.handlesById);
        rights = same.rights;
        oneByOne = same.oneByOne;
        roles = same.roles;
        names = same.names;
        places = same.places;
        askingSide = same.askingSide;
        ownership = same.ownership;
        givenChanges = same.givenChanges;
        actions = same.actions;
    }

    /** The image of these rows. */
    static DirectoryImage of(DirectoryFacts facts, long epoch, long directoryEpoch) {
        return new DirectoryImage(facts, epoch, directoryEpoch);
    }

    /** The same at a later epoch, when only the rules have changed since. */
    DirectoryImage carriedTo(long laterEpoch) {
        return new DirectoryImage(this, laterEpoch);
    }

    /** The epoch whose rows these are. */
    public long epoch() {
        return epoch;
    }

    /** The epoch of the last change to the directory itself. */
    long directoryEpoch() {
        return directoryEpoch;
    }

    public String organizationId() {
        return facts.organizationId();
    }

    public Settings settings() {
        return facts.settings();
    }

    /** The organization's first days. */
    public SetUp setUp() {
        return facts.setUp();
    }

    /** Every human and team, as eligibility sees them; deleted ones are not among them. */
    public People people() {
        return people;
    }

    /** The action types the organization knows, its own among them. */
    public ActionCatalogue actions() {
        return actions;
    }

    /** The roles of the organization by id. */
    public Map<String, Role> roles() {
        return roles;
    }

    /** A person, account or the bootstrap account, by id or {@code @handle}; deleted ones are not found. */
    public Optional<Principal> principal(String idOrAtHandle) {
        return Optional.ofNullable(principals.get(idOf(idOrAtHandle)));
    }

    /** A person's id, by id or {@code @handle}. */
    public Optional<String> personId(String idOrAtHandle) {
        return principal(idOrAtHandle)
                .filter(principal -> principal.kind() == PrincipalKind.PERSON)
                .map(Principal::id);
    }

    /** A team's id, by id or {@code @handle}. */
    public Optional<String> teamId(String idOrAtHandle) {
        String id = idOf(idOrAtHandle);
        return people.team(id).isPresent() ? Optional.of(id) : Optional.empty();
    }

    /** The handle of a live person, account or team, with {@code @}. */
    public Optional<String> handleOf(String id) {
        return Optional.ofNullable(handlesById.get(id)).map(handle -> "@" + handle);
    }

    private String idOf(String idOrAtHandle) {
        return idOrAtHandle.startsWith("@") ? idsByHandle.getOrDefault(idOrAtHandle.substring(1), "") : idOrAtHandle;
    }

    /** The people in the whole chain of owners of an account, a team standing for its members; none for a person. */
    public Set<String> ownerChain(String principalId) {
        return ownership.chain(principalId);
    }

    /** The one person who answers for an account, or none for a person. */
    public @Nullable String accountable(String principalId) {
        Principal principal = principals.get(principalId);
        return principal == null || principal.kind() == PrincipalKind.PERSON
                ? null
                : ownership.accountable(principalId);
    }

    /** The principal itself and the accounts that this person answers for. */
    public List<String> answersFor(String principalId) {
        List<String> ids = new ArrayList<>(ownership.accountableFor(principalId));
        ids.add(principalId);
        return List.copyOf(ids);
    }

    /**
     * The ids whose changes count as made by the asking side: the subject and its chain of owners, the caller and the
     * person who answers for it, the token's maker, the bootstrap account, and whoever acts with credentials that one of
     * them made and nobody has confirmed.
     */
    public Set<String> side(Ask ask) {
        return askingSide.of(ask.subject(), ask.caller(), ask.tokenMaker());
    }

    /** What this side gave, but for what the bootstrap account did, which is on every side; else as {@link #ownChanges}. */
    public OwnChanges ownChangesWithoutBootstrap(Set<String> side, Instant askedAt) {
        return givenChanges.since(askingSide.withoutBootstrap(side), ownChangesSince(side, askedAt));
    }

    /**
     * From when on the asking side's own changes count against an ask: the organization's window before it, but never
     * what was done in the set-up. Whoever has shortened the window is judged by the longer one for as long as that says.
     *
     * @param askedAt when it was asked: now for a new ask, the opening of a request for its votes
     */
    public Instant ownChangesSince(Set<String> side, Instant askedAt) {
        Instant from = askedAt.minus(settings().ownChangeWindow());
        for (SettingsChange change : facts.settingsChanges()) {
            Instant longer = askedAt.minus(change.ownChangeWindowBefore());
            boolean own = side.contains(change.by()) && !setUp().covers(change.at());
            if (own && longer.isBefore(from) && !change.at().isBefore(longer)) {
                from = longer;
            }
        }
        Instant setUpEnd = setUp().end();
        return from.isBefore(setUpEnd) ? setUpEnd : from;
    }

    /**
     * The time zones by which an ask of this side is judged: the organization's, and those it had before the side changed it
     * since {@link #ownChangesSince}.
     */
    public List<ZoneId> zones(Set<String> side, Instant askedAt) {
        if (facts.settingsChanges().isEmpty()) {
            return List.of(settings().zone());
        }
        Instant since = ownChangesSince(side, askedAt);
        Set<ZoneId> zones = new LinkedHashSet<>();
        zones.add(settings().zone());
        for (SettingsChange change : facts.settingsChanges()) {
            if (side.contains(change.by()) && !change.at().isBefore(since)) {
                zones.add(change.zoneBefore());
            }
        }
        return List.copyOf(zones);
    }

    /** What this side gave since {@link #ownChangesSince} until now; the rules it edited are not known here. */
    public OwnChanges ownChanges(Set<String> side, Instant askedAt) {
        return givenChanges.since(side, ownChangesSince(side, askedAt));
    }

    /**
     * Why this person may not confirm the other one's credential, or null: both must not act with credentials that come
     * from the same unconfirmed maker.
     */
    boolean sharesOrigin(String personId, String otherPersonId) {
        return askingSide.sharesOrigin(personId, otherPersonId);
    }

    /** Where a resource stands; empty when the organization has no such thing (any more). */
    public Optional<Place> place(Resource resource) {
        return places.place(resource);
    }

    /** The id of a live thing by id or name; an environment by {@code project/environment}. */
    public Optional<String> resourceId(ResourceLevel level, String idOrName) {
        return places.find(level, idOrName);
    }

    /** Every live environment. */
    public List<EnvironmentFacts> environments() {
        return places.environments();
    }

    /** Names of the live projects by id. */
    public Map<String, String> projectNames() {
        return places.projectNames();
    }

    /** Names of the live clusters by id. */
    public Map<String, String> clusterNames() {
        return places.clusterNames();
    }

    /** What people call the thing with this id, deleted things too: a name, for an environment {@code project/name}. */
    public Optional<String> nameOf(String id) {
        return Optional.ofNullable(names.get(id));
    }

    /** Whether a principal's roles carry the permission now, or it was given it by name for anything at all. */
    public boolean holds(String principalId, Permission permission) {
        Principal principal = principals.get(principalId);
        if (principal == null || !principal.active()) {
            return false;
        }
        return permission.givenByName()
                ? oneByOne.getOrDefault(principalId, List.of()).stream()
                        .anyMatch(given -> given.permission().equals(permission.id()))
                : rights.getOrDefault(principalId, Set.of()).contains(permission);
    }

    /**
     * Whether a caller may do this now: his credential reaches it, he has the permission, and so has whoever made the
     * token of an account. What an account was given by name is its own.
     */
    public boolean allows(Caller caller, Permission permission) {
        return permission.isWithin(caller.credential())
                && holds(caller.principalId(), permission)
                && (!caller.hasTokenOfAnother() || mayHandOn(caller.credential().maker(), permission));
    }

    /** Whether a person can make a token for an account that carries the permission. */
    boolean mayHandOn(String makerId, Permission permission) {
        return permission.givenByName()
                || permission == Permission.PUBLIC
                || permission == Permission.SIGNED_IN
                || holds(makerId, permission);
    }

    /** Whether the permission was given by name for this action on this resource or something above it. */
    public boolean holdsOneByOne(String principalId, Permission permission, String actionId, Resource resource) {
        return holds(principalId, permission)
                && oneByOne.getOrDefault(principalId, List.of()).stream()
                        .filter(given -> given.permission().equals(permission.id()))
                        .filter(given -> given.actions().contains(actionId))
                        .anyMatch(given -> given.resources().stream().anyMatch(id -> places.within(resource, id)));
    }

    /** Who gave something, and when. */
    public record GivenBy(String by, Instant at) {}

    /** Who put a person into a team directly, and when; nothing when he is not in it himself. */
    public Optional<GivenBy> memberSince(String personId, String teamId) {
        return given(facts.teamMembers(), personId, teamId);
    }

    /** Who gave a principal a role, and when. */
    public Optional<GivenBy> roleSince(String principalId, String roleId) {
        return given(facts.roleHolders(), principalId, roleId);
    }

    /** Who put a team below its parent, and when; nothing when it has none. */
    public Optional<GivenBy> nestedSince(String teamId) {
        return facts.teams().stream()
                .filter(team -> team.id().equals(teamId) && !team.deleted() && team.parentId() != null)
                .findFirst()
                .map(team -> new GivenBy(team.parentSetBy(), team.parentSetAt()));
    }

    private static Optional<GivenBy> given(List<DirectoryFacts.Given> all, String holderId, String groupId) {
        return all.stream()
                .filter(given ->
                        given.holderId().equals(holderId) && given.groupId().equals(groupId))
                .findFirst()
                .map(given -> new GivenBy(given.by(), given.at()));
    }

    /** Every live person and account. */
    public Collection<Principal> principals() {
        return principals.values();
    }

    /** Permissions given by name to a live principal for everything there is: the organization itself is named. */
    public List<WidePermission> widePermissions() {
        return facts.permissionGrants().stream()
                .filter(given -> given.resources().contains(facts.organizationId()))
                .filter(given -> principals.containsKey(given.principalId()))
                .map(given -> new WidePermission(given.id(), given.principalId(), given.permission()))
                .toList();
    }

    /** A permission that was given for the whole organization. */
    public record WidePermission(String grantId, String principalId, String permission) {}

    /** What a principal's roles carry, sorted by id. */
    Set<Permission> permissions(String principalId) {
        return rights.getOrDefault(principalId, Set.of());
    }
}
