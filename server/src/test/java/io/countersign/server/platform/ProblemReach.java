package io.countersign.server.platform;

import com.sun.source.tree.ExpressionTree;
import io.countersign.server.platform.CodeValues.Value;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;

/**
 * Which problem codes the sources know, and which of them a call of each operation can end with. A code that is handed on
 * as an argument is followed to where it is written; a kind of refusal counts only where one is made.
 */
final class ProblemReach {

    private static final Set<String> KINDS =
            Set.of("io.countersign.core.approval.Refusal", "io.countersign.core.approval.Command");
    /** On the standard wire these are an answer, `decision: false`, and no problem. */
    private static final Set<Integer> ANSWERED_NO = Set.of(403, 404, 409, 422);

    /** Whoever calls as one of these is in an organization that is there. */
    private static final Set<String> CALLERS = Set.of("Caller", "OwnCall");

    /** What a call says: the status where there is one, and the code. */
    private record Told(Value status, Value code) {}

    /** A code with its status; 0 where it only stands in violations. */
    record Said(int status, String code) {}

    private final SourceCalls sources;
    private final CodeValues values;
    private final Map<Element, Set<Told>> tellers = new HashMap<>();
    private final Map<Element, List<Spoken>> spoken = new LinkedHashMap<>();
    private final NavigableSet<String> unread = new TreeSet<>();

    private record Spoken(Said said, Set<TypeElement> behind) {}

    private ProblemReach(SourceCalls sources) {
        this.sources = sources;
        this.values = new CodeValues(sources);
    }

    static ProblemReach read(Path root) {
        ProblemReach reach = new ProblemReach(
                SourceCalls.of(KINDS, root.resolve("core/src/main/java"), root.resolve("server/src/main/java")));
        reach.findTellers();
        reach.collect();
        return reach;
    }

    /** Every code in the sources, with the statuses it comes with; none for those of violations alone. */
    NavigableMap<String, NavigableSet<Integer>> codes() {
        NavigableMap<String, NavigableSet<Integer>> all = new TreeMap<>();
        spoken.values().stream().flatMap(List::stream).map(Spoken::said).forEach(said -> {
            NavigableSet<Integer> statuses = all.computeIfAbsent(said.code(), _ -> new TreeSet<>());
            if (said.status() > 0) {
                statuses.add(said.status());
            }
        });
        return all;
    }

    /** Where a code is told that could not be read. */
    NavigableSet<String> unread() {
        return unread;
    }

    /** By operation id, what its calls can end with. */
    NavigableMap<String, NavigableMap<Integer, NavigableSet<String>>> operations() {
        NavigableMap<String, NavigableMap<Integer, NavigableSet<String>>> all = new TreeMap<>();
        for (Element element : sources.bodies().keySet()) {
            if (element instanceof ExecutableElement method) {
                operationId(method).ifPresent(id -> all.put(id, told(method)));
            }
        }
        return all;
    }

    private NavigableMap<Integer, NavigableSet<String>> told(ExecutableElement method) {
        NavigableMap<Integer, NavigableSet<String>> codes = reached(method);
        codes.remove(500);
        String api = SourceCalls.enclosing(method).getSimpleName().toString();
        if (api.equals("AuthzenApi")) {
            ANSWERED_NO.forEach(codes::remove);
        }
        boolean within = method.getParameters().stream()
                .anyMatch(parameter -> parameter.asType() instanceof DeclaredType type
                        && CALLERS.contains(type.asElement().getSimpleName().toString()));
        if (within && codes.containsKey(404)) {
            codes.get(404).remove("organization-not-found");
        }
        codes.values().removeIf(Set::isEmpty);
        return codes;
    }

    private static Optional<String> operationId(Element element) {
        return element.getAnnotationMirrors().stream()
                .filter(mark -> mark.getAnnotationType().toString().equals("io.swagger.v3.oas.annotations.Operation"))
                .map(AnnotationMirror::getElementValues)
                .flatMap(values -> values.entrySet().stream())
                .filter(entry -> entry.getKey().getSimpleName().contentEquals("operationId"))
                .map(entry -> String.valueOf(entry.getValue().getValue()))
                .findFirst();
    }

    private NavigableMap<Integer, NavigableSet<String>> reached(Element start) {
        Set<Element> seen = new HashSet<>();
        Set<TypeElement> made = new HashSet<>();
        Deque<Element> open = new ArrayDeque<>(List.of(start));
        List<SourceCalls.Call> waiting = new ArrayList<>();
        while (!open.isEmpty()) {
            Element next = open.pop();
            SourceCalls.Body body = sources.bodies().get(next);
            if (body != null && seen.add(next)) {
                for (SourceCalls.Call call : body.calls) {
                    if (isOpen(call.behind(), made)) {
                        follow(call.target(), open, made);
                    } else {
                        waiting.add(call);
                    }
                }
            }
            if (open.isEmpty()) {
                List<SourceCalls.Call> before = waiting;
                waiting = new ArrayList<>();
                for (SourceCalls.Call call : before) {
                    if (isOpen(call.behind(), made)) {
                        follow(call.target(), open, made);
                    } else {
                        waiting.add(call);
                    }
                }
            }
        }
        NavigableMap<Integer, NavigableSet<String>> codes = new TreeMap<>();
        seen.stream()
                .flatMap(element -> spoken.getOrDefault(element, List.of()).stream())
                .filter(one -> one.said().status() > 0 && isOpen(one.behind(), made))
                .forEach(one -> codes.computeIfAbsent(one.said().status(), _ -> new TreeSet<>())
                        .add(one.said().code()));
        return codes;
    }

    private void follow(Element target, Deque<Element> open, Set<TypeElement> made) {
        open.push(target);
        if (target instanceof ExecutableElement method) {
            if (method.getKind() == ElementKind.CONSTRUCTOR) {
                made.add((TypeElement) SourceCalls.enclosing(method));
            }
            sources.overriders(method).forEach(open::push);
        }
    }

    private static boolean isOpen(Set<TypeElement> behind, Set<TypeElement> made) {
        return behind.isEmpty() || behind.stream().anyMatch(made::contains);
    }

    /** The methods that tell a code they were given, found from those that make problems and faults. */
    private void findTellers() {
        boolean more = true;
        while (more) {
            more = false;
            for (SourceCalls.Body body : sources.bodies().values()) {
                for (SourceCalls.Call call : body.calls) {
                    for (Told told : told(call, body.owner)) {
                        if (told.code().constant() == null) {
                            more |= tellers.computeIfAbsent(body.owner, _ -> new HashSet<>())
                                    .add(told);
                        }
                    }
                }
            }
        }
    }

    private void collect() {
        for (SourceCalls.Body body : sources.bodies().values()) {
            List<Spoken> here = new ArrayList<>();
            for (SourceCalls.Call call : body.calls) {
                for (Told told : told(call, body.owner)) {
                    if (told.code().constant() instanceof String) {
                        int status = told.status().constant() instanceof Integer number ? number : 0;
                        here.add(new Spoken(new Said(status, told.code().text()), call.behind()));
                    }
                }
            }
            if (!here.isEmpty()) {
                spoken.put(body.owner, here);
            }
        }
    }

    private static final Value NO_STATUS = Value.of(0);
    private static final Value BAD = Value.of(400);

    /** What this call tells, in terms of the method it stands in. */
    private Set<Told> told(SourceCalls.Call call, Element owner) {
        if (call.arguments().isEmpty() || !(call.target() instanceof ExecutableElement)) {
            return Set.of();
        }
        Element target = call.target();
        List<Told> plain = switch (SourceCalls.enclosing(target).getSimpleName() + "." + target.getSimpleName()) {
            case "Problem.of" -> List.of(new Told(Value.parameter(0), Value.parameter(1)));
            case "Fault.of", "Fault.<init>", "Violation.<init>", "Finding.<init>" ->
                List.of(new Told(NO_STATUS, Value.parameter(0)));
            case "DeclarationFault.<init>" -> List.of(new Told(NO_STATUS, Value.parameter(1)));
            case "Fields.wrong" -> List.of(new Told(BAD, Value.parameter(1)));
            default -> List.copyOf(tellers.getOrDefault(target, Set.of()));
        };
        if (plain.isEmpty() || SourceCalls.enclosing(owner).toString().endsWith("platform.Problem")) {
            return Set.of();
        }
        Set<Told> told = new HashSet<>();
        for (Told one : plain) {
            for (Value status : given(one.status(), call, owner)) {
                for (Value code : given(one.code(), call, owner)) {
                    told.add(new Told(status, code));
                }
            }
        }
        return told;
    }

    private Set<Value> given(Value value, SourceCalls.Call call, Element owner) {
        if (value.constant() != null) {
            return Set.of(value);
        }
        if (value.parameter() >= call.arguments().size()) {
            return Set.of();
        }
        ExpressionTree argument = call.arguments().get(value.parameter());
        Set<Value> found = values.of(argument, owner, 0);
        if (found.isEmpty()) {
            unread.add(SourceCalls.enclosing(owner).getSimpleName() + "." + owner.getSimpleName() + ": " + argument);
        }
        return found.stream()
                .map(one -> one.between(value.before(), value.behind()))
                .filter(Value::isShort)
                .collect(Collectors.toSet());
    }
}
