package io.countersign.cli.declaration;

import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Writes a declaration as YAML, always in the same way: block style, a blank line between its lists. */
final class YamlText {

    private YamlText() {}

    static String of(Map<?, ?> document) {
        StringBuilder text = new StringBuilder();
        document.forEach((name, value) -> {
            if (!text.isEmpty()) {
                text.append('\n');
            }
            Map<Object, Object> one = new LinkedHashMap<>();
            one.put(name, value);
            text.append(new Dump(settings()).dumpToString(one));
        });
        return text.toString();
    }

    private static DumpSettings settings() {
        return DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setIndent(2)
                .setIndicatorIndent(2)
                .setIndentWithIndicator(true)
                .setSplitLines(false)
                .setDereferenceAliases(true)
                .setBestLineBreak("\n")
                .build();
    }
}
