package io.countersign.rego.compile;

import io.countersign.rego.syntax.Term.Ref;
import java.util.Map;

/** What names outside of bodies stand for in one module: rules of its package, and imports. */
record GlobalNames(Map<String, Ref> globals, Arities arities) {

    /** How many arguments functions take. */
    interface Arities {

        /** The number of arguments of a function by its full name, or -1 for no function. */
        int of(String name);
    }
}
