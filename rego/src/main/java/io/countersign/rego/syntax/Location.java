package io.countersign.rego.syntax;

/** A place in a source file; rows and columns begin at 1. */
public record Location(String file, int row, int column) {

    /** No place in particular. */
    public static final Location NONE = new Location("", 0, 0);

    @Override
    public String toString() {
        return (file.isEmpty() ? "" : file + ":") + row;
    }
}
