package io.countersign.cli.mapping;

import org.jspecify.annotations.Nullable;

/** Where a mapping finds a value. */
sealed interface ValueSource {

    /**
     * What a flag of the command says.
     *
     * @param is what to take instead where the flag is there, or none to take its own value
     */
    record FromFlag(String flag, @Nullable String is) implements ValueSource {}

    /** One of the words behind those that name the command, counted from 1; 0 stands for all of them. */
    record FromWord(int number) implements ValueSource {}

    /** A variable of the one who types. */
    record FromVariable(String name) implements ValueSource {}

    /** What the mapping itself says. */
    record Fixed(String value) implements ValueSource {}

    /**
     * The kubeconfig that the command will read.
     *
     * @param what the present context, or the namespace of the context that is used
     * @param pin the flag by which the command is told to use what was found, whatever the file says later
     */
    record FromKubeconfig(What what, String pin) implements ValueSource {

        /** What a kubeconfig tells. */
        enum What {
            CONTEXT,
            NAMESPACE
        }
    }
}
