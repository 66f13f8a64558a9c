package io.countersign.cli.declaration;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** One YAML 1.2 document as a plain tree, with the place of everything in it. */
final class YamlTree {

    /** As many values as a document may have, aliases written out: room for a large organization, and for no bomb. */
    private static final int MOST_VALUES = 2_000_000;

    private static final int DEEPEST = 32;
    private static final int LONGEST_FILE = 64 * 1024 * 1024;

    private final String file;
    private final Map<String, FilePlace> spots = new HashMap<>();
    private int values;
    private @Nullable Object tree;

    private YamlTree(String file) {
        this.file = file;
    }

    /** Reads every document of a file; {@link BadYaml} where it is none. */
    static List<YamlTree> read(String file, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setAllowDuplicateKeys(true)
                .setCodePointLimit(LONGEST_FILE)
                .setMaxAliasesForCollections(1_000)
                .build();
        List<YamlTree> documents = new ArrayList<>();
        try {
            for (Node root : new Compose(settings).composeAllFromString(text)) {
                YamlTree document = new YamlTree(file);
                document.tree = document.value(root, "", 0);
                documents.add(document);
            }
        } catch (MarkedYamlEngineException wrong) {
            FilePlace spot =
                    wrong.getProblemMark().map(mark -> spot(file, mark)).orElse(new FilePlace(file, 0, 0));
            throw new BadYaml(spot, "no-yaml", words(wrong));
        } catch (YamlEngineException wrong) {
            throw new BadYaml(new FilePlace(file, 0, 0), "no-yaml", String.valueOf(wrong.getMessage()));
        }
        if (documents.isEmpty()) {
            throw new BadYaml(
                    new FilePlace(file, 1, 1),
                    "empty-file",
                    "there is nothing here; a document begins with `countersign: v1`");
        }
        return documents;
    }

    /** Maps, lists, texts, numbers, truths and nulls. */
    @Nullable
    Object tree() {
        return tree;
    }

    /** Where the value behind a JSON pointer stands, or the nearest thing around it that is there. */
    FilePlace spot(String pointer) {
        String known = pointer;
        while (!spots.containsKey(known) && known.contains("/")) {
            known = known.substring(0, known.lastIndexOf('/'));
        }
        return spots.getOrDefault(known, new FilePlace(file, 1, 1));
    }

    private static String words(MarkedYamlEngineException wrong) {
        String problem = String.valueOf(wrong.getProblem());
        return problem.contains("\\t(TAB)") || problem.contains("'\t'")
                ? "a tab stands here; YAML is indented with spaces only"
                : "this is no YAML: " + problem;
    }

    private static FilePlace spot(String file, Mark mark) {
        return new FilePlace(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private FilePlace spot(Node node) {
        Optional<Mark> mark = node.getStartMark();
        return mark.map(there -> spot(file, there)).orElse(new FilePlace(file, 0, 0));
    }

    private @Nullable Object value(Node node, String pointer, int depth) {
        spots.putIfAbsent(pointer, spot(node));
        if (++values > MOST_VALUES || depth > DEEPEST) {
            throw new BadYaml(
                    spot(node),
                    "too-large",
                    depth > DEEPEST
                            ? "this is nested too deeply"
                            : "with its aliases written out, this document is too large to be meant");
        }
        return switch (node) {
            case MappingNode mapping -> map(mapping, pointer, depth);
            case SequenceNode sequence -> list(sequence, pointer, depth);
            case ScalarNode scalar -> scalar(scalar);
            default -> throw new BadYaml(spot(node), "no-yaml", "this cannot be read");
        };
    }

    private Map<String, @Nullable Object> map(MappingNode mapping, String pointer, int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        Map<String, FilePlace> keys = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node keyNode = tuple.getKeyNode();
            if (!(keyNode instanceof ScalarNode scalar)) {
                throw new BadYaml(spot(keyNode), "wrong-type", "the name of a field is a word");
            }
            String key = scalar.getValue();
            FilePlace before = keys.putIfAbsent(key, spot(keyNode));
            if (before != null) {
                throw new BadYaml(spot(keyNode), "duplicate-key", "`" + key + "` is given twice", before);
            }
            String below = pointer + "/" + key.replace("~", "~0").replace("/", "~1");
            map.put(key, value(tuple.getValueNode(), below, depth + 1));
            if (!(map.get(key) instanceof List<?>) && !(map.get(key) instanceof Map<?, ?>)) {
                spots.put(below, spot(map.get(key) == null ? keyNode : tuple.getValueNode()));
            } else {
                spots.put(below, spot(keyNode));
            }
        }
        return map;
    }

    private List<@Nullable Object> list(SequenceNode sequence, String pointer, int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        for (Node element : sequence.getValue()) {
            list.add(value(element, pointer + "/" + list.size(), depth + 1));
        }
        return list;
    }

    private @Nullable Object scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return null;
        }
        if (tag.equals(Tag.BOOL)) {
            return Boolean.valueOf(text);
        }
        if (tag.equals(Tag.INT)) {
            return whole(text);
        }
        if (tag.equals(Tag.FLOAT)) {
            return fraction(text);
        }
        if (!tag.equals(Tag.STR)) {
            throw new BadYaml(spot(scalar), "unknown-tag", "the tag `" + tag.getValue() + "` means nothing here");
        }
        return text;
    }

    private static Object whole(String text) {
        try {
            BigInteger number = new BigInteger(text);
            return number.bitLength() < 32 ? (Object) number.intValue() : number;
        } catch (NumberFormatException otherBase) {
            return text;
        }
    }

    private static Object fraction(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException noNumber) {
            return text;
        }
    }
}
