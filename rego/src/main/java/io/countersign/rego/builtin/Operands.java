package io.countersign.rego.builtin;

import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoNumber;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoSet;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Reads operands, and says what is wrong with them as OPA does. */
final class Operands {

    private Operands() {}

    static String string(Value[] args, int at) {
        if (args[at] instanceof RegoString s) {
            return s.value();
        }
        throw BuiltinFailure.operand(at + 1, "must be string but got " + args[at].typeName());
    }

    static RegoNumber number(Value[] args, int at) {
        if (args[at] instanceof RegoNumber n) {
            return n;
        }
        throw BuiltinFailure.operand(at + 1, "must be number but got " + args[at].typeName());
    }

    static BigInteger integer(Value[] args, int at) {
        RegoNumber number = number(args, at);
        if (!number.isIntegral()) {
            throw BuiltinFailure.operand(at + 1, "must be integer number but got floating-point number");
        }
        return number.integer();
    }

    /** An integer that is written as one, cut to what an int can be. */
    static int smallInteger(Value[] args, int at) {
        BigInteger value = integer(args, at);
        if (!number(args, at).isWrittenAsInteger() || value.bitLength() > 63) {
            throw BuiltinFailure.operand(at + 1, "must be integer number but got floating-point number");
        }
        return value.bitLength() < 32 ? value.intValue() : value.signum() < 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE;
    }

    static RegoArray array(Value[] args, int at) {
        if (args[at] instanceof RegoArray a) {
            return a;
        }
        throw BuiltinFailure.operand(at + 1, "must be array but got " + args[at].typeName());
    }

    static RegoSet set(Value[] args, int at) {
        if (args[at] instanceof RegoSet s) {
            return s;
        }
        throw BuiltinFailure.operand(at + 1, "must be set but got " + args[at].typeName());
    }

    static RegoObject object(Value[] args, int at) {
        if (args[at] instanceof RegoObject o) {
            return o;
        }
        throw BuiltinFailure.operand(at + 1, "must be object but got " + args[at].typeName());
    }

    /** The elements of an array or a set. */
    static List<Value> elements(Value[] args, int at, String wanted) {
        if (args[at] instanceof RegoArray a) {
            return a.list();
        }
        if (args[at] instanceof RegoSet s) {
            return s.list();
        }
        throw BuiltinFailure.operand(at + 1, "must be one of {" + wanted + "} but got " + args[at].typeName());
    }

    /** The strings of an array or a set of them. */
    static List<String> strings(Value[] args, int at, String wanted) {
        List<String> strings = new ArrayList<>();
        for (Value value : elements(args, at, wanted)) {
            if (!(value instanceof RegoString s)) {
                throw BuiltinFailure.operand(
                        at + 1,
                        "must be " + args[at].typeName() + " of strings but got " + args[at].typeName() + " containing "
                                + value.typeName());
            }
            strings.add(s.value());
        }
        return strings;
    }
}
