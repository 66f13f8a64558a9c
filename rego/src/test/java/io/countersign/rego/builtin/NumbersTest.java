package io.countersign.rego.builtin;

import io.countersign.rego.Answers;
import org.junit.jupiter.api.Test;

/** Numbers: exact integers, binary fractions with 64 bits, and the text they were written with. */
class NumbersTest {

    @Test
    void integersOfAnySizeAreExact() {
        Answers.hold("""
            1 + 2 => 3
            9223372036854775807 + 1 => 9223372036854775808
            99999999999999999999 * 99999999999999999999 => 9999999999999999999800000000000000000001
            -9223372036854775808 - 1 => -9223372036854775809
            3 - 5 => -2
            7 % 3 => 1
            -7 % 3 => -1
            7 % -3 => 1
            """);
    }

    @Test
    void fractionsAreBinaryWithSixtyFourBits() {
        Answers.hold("""
            0.1 + 0.2 => 0.3
            1 / 3 => 0.33333333333333333334
            2 / 3 => 0.6666666666666666667
            10 / 2 => 5
            10 / 4 => 2.5
            1.5 * 2 => 3
            0.5 - 1 => -0.5
            """);
    }

    @Test
    void numbersKeepTheTextTheyWereWrittenWith() {
        Answers.hold("""
            1.0 => 1.0
            1e3 => 1e3
            2.50 => 2.50
            [1.0, 1] => [1.0, 1]
            1.0 == 1 => true
            1e3 == 1000 => true
            {1, 1.0} => {1}
            {1: "a"}[1.0] => "a"
            [5, 6][1] => 6
            [5, 6][1.0] => error undefined ref: [5, 6][1.0]
            [x | x := json.unmarshal("[5, 6]")[1.0]] => []
            substring("abc", 1.0, 1) => error must be integer number but got floating-point number
            array.slice([1, 2], 0, 1e0) => error must be integer number but got floating-point number
            format_int(15, 16.0) => error must be one of {2, 8, 10, 16}
            100000000000000000001 == 100000000000000000000 => false
            """);
    }

    @Test
    void whatCannotBeDividedIsAnError() {
        Answers.hold("""
            1 / 0 => error eval_builtin_error: div: divide by zero
            1 % 0 => error eval_builtin_error: rem: modulo by zero
            1.5 % 1 => error eval_builtin_error: rem: modulo on floating-point number
            """);
    }

    @Test
    void roundsHalvesAwayFromZero() {
        Answers.hold("""
            round(2.5) => 3
            round(-2.5) => -3
            round(2.4) => 2
            ceil(1.2) => 2
            ceil(-1.2) => -1
            floor(1.8) => 1
            floor(-1.2) => -2
            abs(-5) => 5
            abs(1.5) => 1.5
            """);
    }

    @Test
    void countsUpAndDown() {
        Answers.hold("""
            numbers.range(1, 3) => [1, 2, 3]
            numbers.range(3, 1) => [3, 2, 1]
            numbers.range(2, 2) => [2]
            numbers.range_step(0, 10, 3) => [0, 3, 6, 9]
            numbers.range_step(10, 0, 4) => [10, 6, 2]
            numbers.range_step(0, 1, 0) => error numbers.range_step: step must be a positive integer
            """);
    }

    @Test
    void worksOnBits() {
        Answers.hold("""
            bits.and(7, 12) => 4
            bits.or(1, 6) => 7
            bits.xor(5, 3) => 6
            bits.negate(42) => -43
            bits.lsh(1, 70) => 1180591620717411303424
            bits.rsh(1024, 3) => 128
            bits.lsh(1, -1) => error must be an unsigned integer number but got a negative integer
            bits.and(1.5, 1) => error must be integer number but got floating-point number
            """);
    }

    @Test
    void turnsOtherThingsIntoNumbersAndBack() {
        Answers.hold("""
            to_number("1e3") => 1e3
            to_number("-2") => -2
            to_number(true) => 1
            to_number(false) => 0
            to_number(null) => 0
            to_number("") => error eval_builtin_error
            to_number("0x1") => error eval_builtin_error
            format_int(255, 16) => "ff"
            format_int(-5, 2) => "-101"
            format_int(3.7, 10) => "3"
            format_int(8, 8) => "10"
            format_int(1, 3) => error operand 2 must be one of {2, 8, 10, 16}
            """);
    }

    @Test
    void gathersCollections() {
        Answers.hold("""
            sum([]) => 0
            sum({1, 2.5}) => 3.5
            product([]) => 1
            product([2, 3, 4]) => 24
            max([]) => undefined
            min(set()) => undefined
            max([1, "a", null]) => "a"
            min({[1], 2}) => 2
            sort({3, 1, 2}) => [1, 2, 3]
            sort(["b", 1, null, "a", true]) => [null, true, 1, "a", "b"]
            count("äö") => 2
            count({"a": 1}) => 1
            count(1) => error rego_type_error: count: invalid argument(s)
                count([1][0]) => error rego_type_error: count: invalid argument(s)
            sum(["a"]) => error rego_type_error: sum: invalid argument(s)
            """);
    }

    @Test
    void writesGreatIntegersWithTheDigitsThatCount() {
        Answers.hold("""
            1e30 * 2.0 => 2000000000000000000000000000000
            123456789012345678901234567890 * 1.0 => 123456789012345678900000000000
            18446744073709551615 + 0.0 => 18446744073709551615
            1e19 + 0.5 => 10000000000000000000
            """);
    }
}
