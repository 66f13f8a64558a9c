package io.countersign.cli.run;

import io.countersign.cli.run.RunManifest.Executable;
import io.countersign.cli.run.RunManifest.Folder;
import io.countersign.cli.run.RunManifest.Interpreter;
import java.util.ArrayList;
import java.util.List;

/** What an approval of a command does not cover, said to the approvers in plain words. */
record NotBound(Executable executable, RunAsk ask, Folder folder, List<String> strangers) {

    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        if (!executable.copied()) {
            sentences.add("the executable runs from its own place, " + executable.path()
                    + "; it is compared just before, but could be exchanged in between");
        }
        for (Interpreter interpreter : executable.interpreters()) {
            sentences.add(
                    "the interpreter " + interpreter.path() + " is compared just before, but runs from its own place");
        }
        sentences.add("shared libraries, and other programs that " + executable.name() + " loads or starts");
        sentences.add("files of this machine that it opens by itself, such as configuration in home folders");
        sentences.add("what it reads over the network, and the state of the systems it changes");
        if (!folder.isPrivate()) {
            sentences.add("everything in the folder " + folder.path() + " that was not named with --file");
        }
        if (!ask.secrets().isEmpty()) {
            sentences.add("the values of " + String.join(", ", ask.secrets())
                    + ": secrets, taken from the environment when it runs");
        }
        strangers.forEach(word -> sentences.add(
                "`" + word + "` is there now and was not named with --file; it may be something else then"));
        return sentences;
    }
}
