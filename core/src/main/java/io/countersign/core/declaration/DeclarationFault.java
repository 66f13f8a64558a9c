package io.countersign.core.declaration;

import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong in a declaration.
 *
 * @param pointer where: a JSON pointer whose first segment counts the documents from 0
 * @param code stable word for programs
 * @param sentence what is wrong and what would be right, with the author's words in backticks
 * @param elsewhere a second place that belongs to it, such as the first definition of what is defined twice
 */
public record DeclarationFault(
        String pointer,
        String code,
        String sentence,
        @Nullable String elsewhere) {

    static DeclarationFault of(String pointer, String code, String sentence) {
        return new DeclarationFault(pointer, code, sentence, null);
    }
}
