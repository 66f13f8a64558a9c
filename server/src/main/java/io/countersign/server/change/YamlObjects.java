package io.countersign.server.change;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Finds the objects of Kubernetes in a text of YAML. It walks over events and builds nothing, so that references which
 * multiply each other cost nothing.
 */
final class YamlObjects {

    /** Above this, and below these depths, a text is shown without being taken apart. */
    private static final int LONGEST = 4 << 20;

    private static final int DEEPEST = 100;

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setUseMarks(true).setCodePointLimit(LONGEST).build();

    /** A mapping or sequence that is open. */
    private static final class Open {

        private final boolean mapping;
        private boolean expectsKey = true;
        private String key = "";
        private final Set<String> keys = new HashSet<>();

        Open(boolean mapping) {
            this.mapping = mapping;
        }
    }

    private final List<YamlObject> found = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private boolean others;
    private boolean begun;
    private boolean empty = true;
    private int fromLine;
    private String apiVersion = "";
    private String kind = "";
    private String namespace = "";
    private String name = "";

    private YamlObjects() {}

    /** The objects in their order; none where the text is no YAML, or not every document in it describes one. */
    static List<YamlObject> in(String text) {
        boolean may = text.length() <= LONGEST && text.contains("apiVersion") && text.contains("kind");
        return may && !hasLoneReturns(text) ? new YamlObjects().read(text) : List.of();
    }

    /** Line breaks for YAML that are none for us would shift the lines. */
    private static boolean hasLoneReturns(String text) {
        for (int at = text.indexOf('\r'); at >= 0; at = text.indexOf('\r', at + 1)) {
            if (at + 1 == text.length() || text.charAt(at + 1) != '\n') {
                return true;
            }
        }
        return false;
    }

    private List<YamlObject> read(String text) {
        try {
            for (Event event : new Parse(SETTINGS).parseString(text)) {
                if (event instanceof DocumentStartEvent) {
                    close();
                    begin(event);
                } else {
                    within(event);
                }
                if (others || open.size() > DEEPEST) {
                    return List.of();
                }
            }
        } catch (YamlEngineException notYaml) {
            return List.of();
        }
        close();
        return others ? List.of() : found;
    }

    private void begin(Event start) {
        begun = true;
        empty = true;
        fromLine = found.isEmpty() ? 0 : start.getStartMark().map(Mark::getLine).orElse(0);
        apiVersion = "";
        kind = "";
        namespace = "";
        name = "";
    }

    /** Ends a document; an empty one leaves its lines to the object before it. */
    private void close() {
        if (!begun || empty) {
            return;
        }
        if (apiVersion.isEmpty() || kind.isEmpty()) {
            others = true;
        } else {
            found.add(new YamlObject(fromLine, apiVersion, kind, namespace, name));
        }
    }

    private void within(Event event) {
        if (event instanceof CollectionEndEvent) {
            open.pop();
        } else if (event instanceof ScalarEvent scalar) {
            empty &= open.isEmpty() && scalar.getValue().isEmpty();
            node(scalar.getValue());
        } else if (event instanceof AliasEvent) {
            node(null);
        } else if (event instanceof CollectionStartEvent) {
            empty = false;
            node(null);
            open.push(new Open(event instanceof MappingStartEvent));
        }
    }

    /** A key or a value within what is open; a text where it is one. */
    private void node(@Nullable String text) {
        Open here = open.peek();
        if (here == null || !here.mapping) {
            return;
        }
        if (here.expectsKey) {
            here.key = text == null ? "" : text;
            boolean counts = open.size() == 1 || isMetadata();
            others |= counts && (!here.keys.add(here.key) || here.key.equals("<<"));
        } else if (text != null) {
            value(here.key, text);
        }
        here.expectsKey = !here.expectsKey;
    }

    private boolean isMetadata() {
        return open.size() == 2 && open.getLast().mapping && open.getLast().key.equals("metadata");
    }

    private void value(String key, String text) {
        if (open.size() == 1 && key.equals("apiVersion")) {
            apiVersion = text;
        } else if (open.size() == 1 && key.equals("kind")) {
            kind = text;
        } else if (isMetadata() && key.equals("name")) {
            name = text;
        } else if (isMetadata() && key.equals("namespace")) {
            namespace = text;
        }
    }
}
