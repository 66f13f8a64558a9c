package io.countersign.server.audit;

import java.io.IOException;

/** Where the events of a stream are written to; every method waits until the caller's side has taken it. */
interface EventWriter {

    void event(LiveEvent event) throws IOException;

    /** Something that only shows that the stream lives. */
    void heartbeat() throws IOException;

    /** Ends the stream in good order. */
    void end();
}
