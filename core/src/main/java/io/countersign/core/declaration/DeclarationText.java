package io.countersign.core.declaration;

import io.countersign.core.action.ActionCatalogue;
import io.countersign.core.action.ActionType;
import io.countersign.core.declaration.DeclarationReader.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A declaration together with where in its documents everything stands.
 *
 * @param faults what is wrong in the documents themselves; while there are any, the declaration is only a part of them
 * @param references every place where one thing names another
 */
public record DeclarationText(
        Declaration declaration,
        List<DeclarationFault> faults,
        Map<String, String> places,
        List<Reference> references) {

    static String id(Declared thing) {
        return thing.kind() + "\n" + thing.key();
    }

    /** Where a thing stands; the first document for what stands in none. */
    public String place(Declared thing) {
        return places.getOrDefault(id(thing), "/0");
    }

    /** Where a field of a thing stands, its path given as the rules for templates give it. */
    public String place(Declared thing, String field) {
        return place(thing) + DeclarationReader.pointer(field);
    }

    /**
     * Everything that is named and is neither among these things nor built in.
     *
     * @param gone names that may stand though nobody has them any more
     */
    public List<DeclarationFault> unknown(Declaration known, ActionCatalogue actions, Set<String> gone) {
        List<DeclarationFault> unknown = new ArrayList<>();
        for (Reference reference : references) {
            boolean there = reference.kinds().stream()
                    .anyMatch(kind -> known.has(kind, reference.name())
                            || (kind == DeclaredKind.ROLE && BuiltIn.ROLES.contains(reference.name())));
            if (!there && !gone.contains(reference.name())) {
                unknown.add(DeclarationFault.of(
                        reference.pointer(),
                        "unknown-"
                                + reference.kinds().stream()
                                        .sorted()
                                        .findFirst()
                                        .map(DeclaredKind::word)
                                        .orElse(""),
                        "there is no " + reference.word() + " `" + reference.name() + "`" + likely(reference, known)));
            }
        }
        for (Declared thing : declaration.all(DeclaredKind.BINDING)) {
            if (thing instanceof Declared.Bond bond) {
                bond.actions().stream()
                        .filter(action -> actions.find(action).isEmpty())
                        .forEach(action -> unknown.add(DeclarationFault.of(
                                place(bond) + "/actions",
                                "unknown-action",
                                "there is no action `" + action + "`"
                                        + Nearest.likely(
                                                        action,
                                                        actions.all().stream()
                                                                .map(ActionType::id)
                                                                .toList())
                                                .map(word -> "; did you mean `" + word + "`?")
                                                .orElse(""))));
            }
        }
        return unknown;
    }

    private static String likely(Reference reference, Declaration known) {
        List<String> names = new ArrayList<>();
        for (DeclaredKind kind : reference.kinds()) {
            known.all(kind).forEach(thing -> names.add(thing.name()));
            if (kind == DeclaredKind.ROLE) {
                names.addAll(BuiltIn.ROLES);
            }
        }
        return Nearest.likely(reference.name(), names)
                .map(word -> "; did you mean `" + word + "`?")
                .orElse("");
    }
}
