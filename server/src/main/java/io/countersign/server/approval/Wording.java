package io.countersign.server.approval;

import io.countersign.core.approval.Slot;
import io.countersign.core.policy.Approvers;
import io.countersign.server.approval.RequestViews.Who;
import io.countersign.server.approval.SheetViews.SlotView;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.directory.Principal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names for ids, and the sentences they are put into. */
record Wording(DirectoryImage directory) {

    /** What a line is called that anybody among many may sign. */
    static final String ANYONE = "anyone eligible";

    private static final int MOST_JOINED = 3;

    Who who(String id) {
        return directory.principal(id).map(Wording::who).orElseGet(() -> new Who(id, id, name(id), "unknown"));
    }

    private static Who who(Principal principal) {
        return new Who(
                principal.id(),
                principal.handle(),
                principal.name(),
                principal.kind().name().toLowerCase(java.util.Locale.ROOT));
    }

    List<Who> people(Collection<String> ids, int most) {
        return ids.stream().sorted().limit(most).map(this::who).toList();
    }

    /** A person's, team's, role's or thing's name. */
    String name(String id) {
        return directory.nameOf(id).orElse(id);
    }

    /** Who can sign here, for example {@code SRE} or {@code Platform or SRE}. */
    String label(Slot slot) {
        return switch (slot) {
            case Slot.OfPerson person -> name(person.personId());
            case Slot.OfTeam team -> name(team.teamId());
            case Slot.OfRole role -> name(role.role());
            case Slot.OfAnyone anyone -> label(anyone.listed());
        };
    }

    /** What kind of line it is: {@code person}, {@code team}, {@code role} or {@code any}. */
    static String kind(Slot slot) {
        return switch (slot) {
            case Slot.OfPerson _ -> "person";
            case Slot.OfTeam _ -> "team";
            case Slot.OfRole _ -> "role";
            case Slot.OfAnyone anyone -> kind(anyone.listed());
        };
    }

    private static String kind(Approvers listed) {
        boolean one = size(listed) == 1;
        return one && !listed.teams().isEmpty()
                ? "team"
                : one && !listed.orgRoles().isEmpty() ? "role" : one ? "person" : "any";
    }

    /** A list of approvers in few words; one that is too long for them is anyone. */
    String label(Approvers listed) {
        return size(listed) > MOST_JOINED ? ANYONE : joined(names(listed), "or");
    }

    private List<String> names(Approvers listed) {
        List<String> names = new ArrayList<>();
        for (Set<String> alike : List.of(listed.teams(), listed.orgRoles(), listed.users())) {
            alike.stream().map(this::name).sorted().forEach(names::add);
        }
        return names;
    }

    private static int size(Approvers listed) {
        return listed.users().size() + listed.teams().size() + listed.orgRoles().size();
    }

    /** For example {@code SRE, 1 from Platform or Security and 2 more people}. */
    static String missing(List<SlotView> slots) {
        Map<SlotView, Integer> counts = new LinkedHashMap<>();
        slots.forEach(slot -> counts.merge(new SlotView(slot.label(), slot.kind(), false, false), 1, Integer::sum));
        List<String> parts = new ArrayList<>();
        counts.forEach((slot, count) -> {
            if (slot.label().equals(ANYONE)) {
                parts.add(count == 1 ? "1 more person" : count + " more people");
            } else {
                parts.add(count == 1 && !slot.kind().equals("any") ? slot.label() : count + " from " + slot.label());
            }
        });
        return joined(parts, "and");
    }

    /** For example {@code Ada, Ben and Cem}. */
    static String joined(List<String> parts, String last) {
        return parts.size() < 2
                ? String.join("", parts)
                : String.join(", ", parts.subList(0, parts.size() - 1)) + " " + last + " " + parts.getLast();
    }
}
