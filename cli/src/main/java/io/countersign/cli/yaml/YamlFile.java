package io.countersign.cli.yaml;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.yaml.Placed.Fields;
import io.countersign.cli.yaml.Placed.Items;
import io.countersign.cli.yaml.Placed.Word;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

/** A YAML 1.2 file with one document: no name twice, no alias, and everything with its place. */
public final class YamlFile {

    private static final int MOST_CHARACTERS = 4 << 20;
    private static final int DEEPEST = 64;

    private final String file;
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private YamlFile(String file) {
        this.file = file;
    }

    /**
     * Reads one document.
     *
     * @param file how it is called in complaints
     */
    public static Placed read(String file, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(MOST_CHARACTERS)
                .setAllowRecursiveKeys(false)
                .build();
        YamlFile reader = new YamlFile(file);
        try {
            List<Node> documents = new ArrayList<>();
            new Compose(settings).composeAllFromString(text).forEach(documents::add);
            if (documents.size() != 1) {
                throw new Spot(file, 1, 1)
                        .fault(
                                documents.isEmpty() ? "the file is empty" : "the file has several documents",
                                "write one");
            }
            return reader.value(documents.getFirst(), 0);
        } catch (MarkedYamlEngineException fault) {
            throw reader.spot(fault.getProblemMark()).fault("this is no YAML: " + fault.getProblem(), "");
        } catch (YamlEngineException fault) {
            throw new CommandFailure(ExitCode.USAGE, file + ": this is no YAML: " + fault.getMessage(), "");
        }
    }

    private Placed value(Node node, int depth) {
        Spot at = spot(node.getStartMark());
        if (!seen.add(node)) {
            throw at.fault("this is used again by an alias", "write it out where it is meant");
        }
        if (depth > DEEPEST) {
            throw at.fault("this is nested too deeply", "");
        }
        return switch (node) {
            case ScalarNode scalar -> new Word(scalar.getValue(), at);
            case SequenceNode sequence ->
                new Items(
                        sequence.getValue().stream()
                                .map(item -> value(item, depth + 1))
                                .toList(),
                        at);
            case MappingNode mapping -> fields(mapping, at, depth);
            default -> throw at.fault("this cannot be read", "");
        };
    }

    private Fields fields(MappingNode mapping, Spot at, int depth) {
        Map<String, Placed> values = new LinkedHashMap<>();
        Map<String, Spot> names = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Placed key = value(tuple.getKeyNode(), depth + 1);
            String name = key.text();
            Spot former = names.putIfAbsent(name, key.at());
            if (former != null) {
                throw key.at().fault("`" + name + "` is there already, in line " + former.line(), "write it once");
            }
            values.put(name, value(tuple.getValueNode(), depth + 1));
        }
        return new Fields(values, names, at);
    }

    private Spot spot(Optional<Mark> mark) {
        return mark.map(found -> new Spot(file, found.getLine() + 1, found.getColumn() + 1))
                .orElse(new Spot(file, 1, 1));
    }
}
