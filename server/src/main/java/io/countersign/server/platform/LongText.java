package io.countersign.server.platform;

/** Reads a text that may fill a body, such as a payload; another bound than that of all texts stands where it is used. */
public final class LongText extends WholeText {

    public LongText() {
        super(Integer.MAX_VALUE);
    }
}
