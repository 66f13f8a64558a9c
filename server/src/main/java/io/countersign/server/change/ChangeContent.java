package io.countersign.server.change;

import io.swagger.v3.oas.annotations.media.DiscriminatorMapping;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What a payload says, by what it is; {@code kind} tells which. */
@Schema(
        description = "What a payload says, by what it is.",
        oneOf = {
            DiffContent.class,
            TerraformContent.class,
            CommandContent.class,
            KubernetesContent.class,
            CallContent.class,
            DeclarationContent.class,
            ComparisonContent.class,
            ChangeContent.JsonText.class,
            ChangeContent.PlainText.class,
            ChangeContent.Binary.class,
            ChangeContent.Empty.class
        },
        discriminatorProperty = "kind",
        discriminatorMapping = {
            @DiscriminatorMapping(value = "diff", schema = DiffContent.class),
            @DiscriminatorMapping(value = "terraform", schema = TerraformContent.class),
            @DiscriminatorMapping(value = "command", schema = CommandContent.class),
            @DiscriminatorMapping(value = "kubernetes", schema = KubernetesContent.class),
            @DiscriminatorMapping(value = "call", schema = CallContent.class),
            @DiscriminatorMapping(value = "declaration", schema = DeclarationContent.class),
            @DiscriminatorMapping(value = "comparison", schema = ComparisonContent.class),
            @DiscriminatorMapping(value = "json", schema = ChangeContent.JsonText.class),
            @DiscriminatorMapping(value = "text", schema = ChangeContent.PlainText.class),
            @DiscriminatorMapping(value = "binary", schema = ChangeContent.Binary.class),
            @DiscriminatorMapping(value = "empty", schema = ChangeContent.Empty.class)
        })
public sealed interface ChangeContent
        permits DiffContent,
                TerraformContent,
                CommandContent,
                KubernetesContent,
                CallContent,
                DeclarationContent,
                ComparisonContent,
                ChangeContent.JsonText,
                ChangeContent.PlainText,
                ChangeContent.Binary,
                ChangeContent.Empty {

    /** JSON, one value a line, in the order of the bytes; texts and numbers as they are written. */
    record JsonText(@Schema(allowableValues = "json") String kind, List<ChangeLine> lines) implements ChangeContent {

        JsonText(List<ChangeLine> lines) {
            this("json", lines);
        }
    }

    /** Text, line by line. */
    record PlainText(@Schema(allowableValues = "text") String kind, List<ChangeLine> lines) implements ChangeContent {

        PlainText(List<ChangeLine> lines) {
            this("text", lines);
        }
    }

    /**
     * Bytes that are no text.
     *
     * @param hex 32 bytes a line, as hexadecimal digits
     */
    record Binary(@Schema(allowableValues = "binary") String kind, List<ChangeLine> hex) implements ChangeContent {

        Binary(List<ChangeLine> hex) {
            this("binary", hex);
        }
    }

    /** Nothing at all: the ask brought no payload. */
    record Empty(@Schema(allowableValues = "empty") String kind) implements ChangeContent {

        Empty() {
            this("empty");
        }
    }
}
