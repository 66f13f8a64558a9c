package io.countersign.rego.value;

/** A number of more digits than anybody means seriously; computing with it would take seconds. */
public final class NumberTooLong extends RuntimeException {

    private static final long serialVersionUID = 1;

    NumberTooLong() {
        super("a number has more than " + RegoNumber.MOST_TEXT + " digits");
    }
}
