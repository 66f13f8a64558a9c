package io.countersign.cli.mapping;

import io.countersign.cli.mapping.Flags.Flag;
import io.countersign.cli.mapping.Flags.Takes;
import io.countersign.cli.mapping.ProgramMap.Rule;
import io.countersign.cli.mapping.ValueSource.Fixed;
import io.countersign.cli.mapping.ValueSource.FromFlag;
import io.countersign.cli.mapping.ValueSource.FromKubeconfig;
import io.countersign.cli.mapping.ValueSource.FromKubeconfig.What;
import io.countersign.cli.mapping.ValueSource.FromVariable;
import io.countersign.cli.mapping.ValueSource.FromWord;
import io.countersign.cli.yaml.Placed;
import io.countersign.cli.yaml.Placed.Fields;
import io.countersign.cli.yaml.YamlFile;
import io.countersign.core.declaration.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a mapping file strictly: what it does not know is refused at its place. */
final class MapReader {

    private static final Pattern ACTION = Pattern.compile("[a-z][a-z0-9_-]*(\\.[a-z][a-z0-9_-]*)+");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern FLAG = Pattern.compile("--?[A-Za-z0-9][A-Za-z0-9_.-]*");
    private static final Map<String, Takes> KINDS =
            Map.of("values", Takes.VALUE, "files", Takes.FILE, "switches", Takes.NOTHING, "refused", Takes.REFUSED);

    private MapReader() {}

    static ProgramMap read(String file, String text) {
        Fields top = YamlFile.read(file, text)
                .fields()
                .only(Set.of(
                        "programs", "flags", "variables", "secrets", "cluster", "clusters", "attributes", "commands"));
        Flags flags = flags(top);
        return new ProgramMap(
                top.at(),
                top.demand("programs").texts(),
                flags,
                variables(top, "variables"),
                variables(top, "secrets"),
                sources(top.find("cluster"), flags),
                table(top),
                attributes(top, flags),
                rules(top.demand("commands"), flags));
    }

    private static List<Rule> rules(Placed commands, Flags common) {
        List<Rule> rules = new ArrayList<>();
        for (Placed item : commands.items()) {
            Rule rule = rule(
                    item.fields()
                            .only(Set.of("words", "action", "flags", "operands", "files", "savedPlan", "attributes")),
                    common);
            rules.stream()
                    .filter(other -> other.words().equals(rule.words()))
                    .findFirst()
                    .ifPresent(other -> {
                        throw rule.at()
                                .fault(
                                        "`" + String.join(" ", rule.words()) + "` is said already, in line "
                                                + other.at().line(),
                                        "say it once");
                    });
            rules.add(rule);
        }
        return rules;
    }

    private static Rule rule(Fields fields, Flags common) {
        Placed action = fields.demand("action");
        if (!ACTION.matcher(action.text()).matches()) {
            throw action.at().fault("`" + action.text() + "` is no action", "write it as in cluster.restart");
        }
        Flags own = flags(fields);
        int least = 0;
        int most = Integer.MAX_VALUE;
        Optional<Placed> operands = fields.find("operands");
        if (operands.isPresent()) {
            List<Placed> bounds = operands.get().items();
            least = number(bounds.getFirst());
            most = number(bounds.getLast());
            if (bounds.size() > 2 || least > most) {
                throw operands.get().at().fault("these are no bounds", "write [least, most], or one number");
            }
        }
        List<Integer> files = fields.find("files").map(Placed::items).orElse(List.of()).stream()
                .map(MapReader::number)
                .toList();
        return new Rule(
                fields.at(),
                List.of(fields.demand("words").text().strip().split("\\s+", -1)),
                action.text(),
                own,
                least,
                most,
                files,
                fields.find("savedPlan").filter(MapReader::truth).isPresent(),
                attributes(fields, common.with(own)));
    }

    private static Flags flags(Fields in) {
        Optional<Placed> given = in.find("flags");
        if (given.isEmpty()) {
            return Flags.NONE;
        }
        Map<String, Flag> known = new HashMap<>();
        Fields kinds = given.get().fields().only(KINDS.keySet());
        kinds.values().forEach((kind, listed) -> {
            for (Placed item : listed.items()) {
                List<String> spellings = List.of(item.text().strip().split("\\s+", -1));
                for (String spelling : spellings) {
                    Takes takes = KINDS.getOrDefault(kind, Takes.REFUSED);
                    if (!FLAG.matcher(spelling).matches()) {
                        throw item.at().fault("`" + spelling + "` is no flag", "write it as in \"-n --namespace\"");
                    }
                    if (known.putIfAbsent(spelling, new Flag(spellings.getLast(), takes)) != null) {
                        throw item.at().fault("`" + spelling + "` is listed twice", "list it once");
                    }
                }
            }
        });
        return new Flags(known);
    }

    private static Map<String, List<ValueSource>> attributes(Fields in, Flags flags) {
        Map<String, List<ValueSource>> attributes = new LinkedHashMap<>();
        in.find("attributes")
                .ifPresent(given -> given.fields()
                        .values()
                        .forEach((name, value) -> attributes.put(name, sources(Optional.of(value), flags))));
        return attributes;
    }

    private static List<ValueSource> sources(Optional<Placed> given, Flags flags) {
        return given.map(Placed::items).orElse(List.of()).stream()
                .map(item -> source(item.fields(), flags))
                .toList();
    }

    private static ValueSource source(Fields fields, Flags flags) {
        fields.only(Set.of("flag", "is", "word", "variable", "kubeconfig", "pin"));
        @Nullable String is = fields.find("is").map(Placed::text).orElse(null);
        Optional<Placed> flag = fields.find("flag");
        ValueSource source;
        if (flag.isPresent()) {
            source = new FromFlag(flag(flag.get(), flags), is);
        } else if (is != null) {
            source = new Fixed(is);
        } else if (fields.find("word").isPresent()) {
            Placed word = fields.demand("word");
            source = new FromWord(word.text().equals("all") ? 0 : number(word));
        } else if (fields.find("variable").isPresent()) {
            source = new FromVariable(fields.demand("variable").text());
        } else {
            Placed what = fields.demand("kubeconfig");
            source = new FromKubeconfig(what(what), flag(fields.demand("pin"), flags));
        }
        int expected = source instanceof FromKubeconfig || (source instanceof FromFlag && is != null) ? 2 : 1;
        if (fields.values().size() != expected) {
            throw fields.at().fault("these fields do not go together", "begin another source with `- `");
        }
        return source;
    }

    private static What what(Placed word) {
        return switch (word.text()) {
            case "context" -> What.CONTEXT;
            case "namespace" -> What.NAMESPACE;
            default ->
                throw word.at().fault("a kubeconfig tells `context` or `namespace`, no `" + word.text() + "`", "");
        };
    }

    private static String flag(Placed word, Flags flags) {
        Flag flag = flags.find(word.text());
        if (flag == null) {
            throw word.at()
                    .fault(
                            "`" + word.text() + "` is no flag that is known here"
                                    + Nearest.likely(word.text(), flags.known().keySet())
                                            .map(other -> "; did you mean `" + other + "`?")
                                            .orElse(""),
                            "name it under `flags` first");
        }
        return flag.name();
    }

    private static Map<String, String> table(Fields top) {
        Map<String, String> table = new HashMap<>();
        top.find("clusters")
                .ifPresent(given -> given.fields().values().forEach((name, value) -> table.put(name, value.text())));
        return table;
    }

    private static List<String> variables(Fields top, String field) {
        List<Placed> given = top.find(field).map(Placed::items).orElse(List.of());
        for (Placed name : given) {
            if (!VARIABLE.matcher(name.text()).matches()) {
                throw name.at().fault("`" + name.text() + "` is no name of a variable", "");
            }
        }
        return given.stream().map(Placed::text).toList();
    }

    private static int number(Placed word) {
        try {
            int number = Integer.parseInt(word.text());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException none) {
            throw word.at().fault("`" + word.text() + "` is no whole number", "");
        }
        throw word.at().fault("`" + word.text() + "` is below 0", "");
    }

    private static boolean truth(Placed word) {
        return switch (word.text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw word.at().fault("this is `true` or `false`, not `" + word.text() + "`", "");
        };
    }
}
