package io.countersign.core.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to the rules. */
public sealed interface PolicyEntry extends Entry {

    /** A template was saved for the first time. */
    record TemplateCreated(String templateId, String name, int version, PolicyContent content, List<String> warnings)
            implements PolicyEntry {}

    /** A template got a new version. */
    record TemplateChanged(String templateId, String name, int version, PolicyContent content, List<String> warnings)
            implements PolicyEntry {}

    /** A template was archived; its bindings ended with it. */
    record TemplateArchived(String templateId, String name, List<String> endedBindings) implements PolicyEntry {}

    /** A template was bound. */
    record BindingCreated(
            String bindingId,
            String templateId,
            String level,
            @Nullable String targetId,
            @Nullable String environmentName,
            List<String> actions)
            implements PolicyEntry {}

    /** A binding was taken away. */
    record BindingRemoved(String bindingId, String templateId) implements PolicyEntry {}

    /** A binding that gated the change of policies was removed on the server's own machine, past every rule. */
    record LockOutRecovered(String bindingId, String templateId) implements PolicyEntry {

        @Override
        public boolean prominent() {
            return true;
        }
    }
}
