package io.countersign.rego.plan;

/** One link in the chain of a body; a chain runs once for every solution of the links before. */
abstract class Step {

    /** What follows; set when the chain is closed. */
    @SuppressWarnings("NullAway.Init")
    Step next;

    /** Runs this and all that follows; false stops the search for further solutions. */
    abstract boolean run(Frame frame);
}
