package io.countersign.rego.value;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads YAML straight into values; numbers that JSON could write keep their text. */
public final class YamlReader {

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
    private static final Pattern HEX = Pattern.compile("[-+]?0x[0-9a-fA-F]+");
    private static final Pattern OCTAL = Pattern.compile("[-+]?0o?[0-7]+");
    private static final Pattern BINARY = Pattern.compile("[-+]?0b[01]+");
    private static final Pattern NOT_FINITE = Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    private static final Pattern LOOSE =
            Pattern.compile("[-+]?(\\.[0-9]+|[0-9][0-9_]*(\\.[0-9_]*)?)([eE][-+]?[0-9]+)?");

    /** The most elements and characters, where what an alias repeats counts again. */
    private static final int MOST = 128 * 1024 * 1024;

    private static final int DEEPEST = 500;

    /** Brackets that may be open at once: the library's time grows with the square of them. */
    private static final int MOST_OPEN = 10_000;

    /** What has been read already: an alias stands for the same node as its anchor. */
    private final IdentityHashMap<Node, Value> known = new IdentityHashMap<>();

    /** Whether plain words are read as YAML 1.1 reads them. */
    private final boolean loose;

    private YamlReader(boolean loose) {
        this.loose = loose;
    }

    /** The first document of a text; null for an empty one. Fails with {@link YamlFault}. */
    public static Value read(String text) {
        List<Value> documents = readAll(text);
        return documents.isEmpty() ? RegoNull.NULL : documents.get(0);
    }

    /** The same by the rules of YAML 1.1, where `yes` and `on` are true, and numbers do not keep their text. */
    public static Value readLoose(String text) {
        List<Value> documents = readAll(text, true);
        return documents.isEmpty() ? RegoNull.NULL : documents.get(0);
    }

    /** All documents of a text. Fails with {@link YamlFault}. */
    public static List<Value> readAll(String text) {
        return readAll(text, false);
    }

    private static List<Value> readAll(String text, boolean loose) {
        checkOpen(text);
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setMaxAliasesForCollections(100)
                    .setAllowDuplicateKeys(true)
                    .setCodePointLimit(64 * 1024 * 1024)
                    .build();
            List<Value> documents = new ArrayList<>();
            for (Node node : new Compose(settings).composeAllFromString(text)) {
                documents.add(new YamlReader(loose).value(node, 0));
            }
            return documents;
        } catch (MarkedYamlEngineException fault) {
            int line = fault.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            throw new YamlFault("yaml: line " + line + ": " + said(fault.getProblem()));
        } catch (YamlEngineException fault) {
            throw new YamlFault("yaml: " + fault.getMessage());
        } catch (NumberTooLong number) {
            throw new YamlFault("yaml: " + number.getMessage());
        } catch (IllegalArgumentException | IndexOutOfBoundsException fault) {
            // The library's own faults with escapes that are cut short.
            throw new YamlFault("the text cannot be read: " + fault.getMessage());
        }
    }

    private static String said(String problem) {
        Optional<String> known = Optional.of(problem)
                .filter(p -> p.startsWith("expected") && p.contains("but got"))
                .map(p -> "did not find expected node content");
        return known.orElse(problem);
    }

    private static YamlFault tooLarge() {
        return new YamlFault("yaml: document is too large or too deep");
    }

    private static void checkOpen(String text) {
        int open = 0;
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '[', '{' -> open++;
                case ']', '}' -> open = Math.max(0, open - 1);
                default -> {}
            }
            if (open > MOST_OPEN) {
                throw tooLarge();
            }
        }
    }

    private Value value(Node node, int depth) {
        Value before = known.get(node);
        if (before != null) {
            return before;
        }
        if (depth > DEEPEST) {
            throw tooLarge();
        }
        Value value = read(node, depth);
        if (value.weight() > MOST) {
            throw tooLarge();
        }
        known.put(node, value);
        return value;
    }

    private Value read(Node node, int depth) {
        return switch (node) {
            case ScalarNode scalar -> scalar(scalar);
            case SequenceNode sequence -> {
                List<Value> items = new ArrayList<>();
                for (Node item : sequence.getValue()) {
                    items.add(value(item, depth + 1));
                }
                yield RegoArray.of(items);
            }
            case MappingNode mapping -> {
                RegoObject.Builder builder =
                        new RegoObject.Builder(mapping.getValue().size());
                for (NodeTuple tuple : mapping.getValue()) {
                    if (tuple.getKeyNode() instanceof ScalarNode plain
                            && plain.getScalarStyle() == ScalarStyle.PLAIN
                            && plain.getValue().equals("<<")) {
                        merge(tuple.getValueNode(), builder, depth + 1);
                        continue;
                    }
                    Value key = value(tuple.getKeyNode(), depth + 1);
                    String name = key instanceof RegoString s ? s.value() : key.toJson();
                    builder.put(RegoString.of(name), value(tuple.getValueNode(), depth + 1));
                }
                yield builder.build();
            }
            default -> throw new YamlFault("yaml: unknown node");
        };
    }

    /** Takes over the entries of a mapping, or of several, of which the first wins. */
    private void merge(Node node, RegoObject.Builder builder, int depth) {
        List<Node> from = node instanceof SequenceNode several ? several.getValue() : List.of(node);
        for (int i = from.size() - 1; i >= 0; i--) {
            if (!(value(from.get(i), depth) instanceof RegoObject entries)) {
                throw new YamlFault("yaml: map merge requires map or sequence of maps as the value");
            }
            entries.entries().forEach(entry -> builder.put(entry.getKey(), entry.getValue()));
        }
    }

    private Value scalar(ScalarNode node) {
        String text = node.getValue();
        if (node.getScalarStyle() != ScalarStyle.PLAIN) {
            return RegoString.of(text);
        }
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> RegoNull.NULL;
            case "true", "True", "TRUE" -> RegoBoolean.TRUE;
            case "false", "False", "FALSE" -> RegoBoolean.FALSE;
            default -> loose ? looseScalar(text) : numberOrText(text);
        };
    }

    private static Value looseScalar(String text) {
        return switch (text) {
            case "y", "Y", "yes", "Yes", "YES", "on", "On", "ON" -> RegoBoolean.TRUE;
            case "n", "N", "no", "No", "NO", "off", "Off", "OFF" -> RegoBoolean.FALSE;
            default -> {
                Value value = numberOrText(text);
                yield value instanceof RegoNumber number && number.isIntegral()
                        ? RegoNumber.of(number.integer())
                        : value;
            }
        };
    }

    private static Value numberOrText(String text) {
        if (NUMBER.matcher(text).matches()) {
            return RegoNumber.parse(text);
        }
        if (HEX.matcher(text).matches()) {
            return RegoNumber.of(new java.math.BigInteger(text.replace("0x", ""), 16));
        }
        if (BINARY.matcher(text).matches()) {
            return RegoNumber.of(new java.math.BigInteger(text.replace("0b", ""), 2));
        }
        if (NOT_FINITE.matcher(text).matches()) {
            throw new YamlFault("json: unsupported value: " + text);
        }
        if (OCTAL.matcher(text).matches()) {
            return RegoNumber.of(new java.math.BigInteger(text.replace("o", ""), 8));
        }
        if (LOOSE.matcher(text).matches()) {
            return RegoNumber.of(RegoNumber.parse(text.replace("_", "")).rounded());
        }
        return RegoString.of(text);
    }
}
