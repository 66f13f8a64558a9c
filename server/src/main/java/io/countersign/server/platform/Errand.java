package io.countersign.server.platform;

import java.io.PrintStream;
import java.util.List;

/** Something an operator has the server's program do on the server's own machine, while no server runs. */
public interface Errand {

    /** The word an operator types for it. */
    String name();

    /**
     * Does it.
     *
     * @param arguments what was typed after the name, without the settings
     * @throws StartRefused when it cannot be done, with the sentence to show
     */
    void run(List<String> arguments, PrintStream out);
}
