package io.countersign.server.change;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command that runs exactly as it was approved.
 *
 * @param line the command as it would be typed in a shell
 * @param words the command as it is passed: the program and its arguments
 * @param environment all the variables it will have, but for the secret ones
 * @param secretVariables names of variables whose values are taken when it runs and are shown to nobody
 * @param notBound what an approval does not cover, in sentences
 */
public record CommandContent(
        @Schema(allowableValues = "command") String kind,
        String line,
        List<Word> words,
        Program program,
        List<Variable> environment,
        List<String> secretVariables,
        Folder folder,
        List<File> files,
        List<String> notBound)
        implements ChangeContent {

    /**
     * One word of the command.
     *
     * @param file the path of the file whose copy it stands for
     */
    public record Word(String text, @Nullable String file) {}

    /**
     * The program.
     *
     * @param asked the word that was typed
     * @param copied whether a copy of it runs, and not the file in its own place
     * @param interpreters the programs that read it where it is a script
     * @param text its lines where it is a script
     */
    public record Program(
            String asked,
            String name,
            String path,
            String mode,
            long size,
            String sha256,
            boolean copied,
            List<Interpreter> interpreters,
            List<ChangeLine> text) {}

    /** A program that reads a script. */
    public record Interpreter(String path, String sha256) {}

    /** A variable and its value. */
    public record Variable(String name, String value) {}

    /** Where it runs; private is a folder with nothing in it but the named files. */
    public record Folder(String path, boolean isPrivate) {}

    /**
     * A file that is named on the command line.
     *
     * @param copy where its copy is, relative to the folder of the snapshot
     * @param shown {@code text}: its lines are here; {@code named}: its bytes are in the payload and named in
     *     {@code folded}; {@code hash}: the payload has no more of it than its hash
     */
    public record File(
            String path,
            String copy,
            String mode,
            long size,
            String sha256,

            @Schema(allowableValues = {"text", "named", "hash"})
            String shown,

            List<ChangeLine> text) {}
}
