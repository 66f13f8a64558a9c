package io.countersign.server.gate;

import java.util.List;

/**
 * The answer 202 to a call that Countersign does itself once people have approved it.
 *
 * @param decision always {@code hold}
 * @param requests what was opened for it or waits already, each with its requirements
 * @param remedy what to do next
 */
record HeldCall(String decision, List<GateAnswer> requests, String remedy) {

    static HeldCall of(List<GateAnswer> requests) {
        return new HeldCall(
                "hold", requests, "send exactly the same call again once it is approved; then it happens, once");
    }
}
