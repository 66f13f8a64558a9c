package io.countersign.rego.plan;

/** A statement with at most one solution: it holds or not, and may fill slots. */
@FunctionalInterface
interface Test {

    /** Whether it holds. */
    boolean holds(Frame frame);
}
