package io.countersign.cli.demo;

/** Ends the demo: a step did not come out as the product promises. */
final class DemoFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DemoFailure(String what) {
        super(what);
    }
}
