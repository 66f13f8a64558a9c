package io.countersign.rego.builtin;

import io.countersign.rego.Answers;
import org.junit.jupiter.api.Test;

/** Strings, patterns and what is printed. */
class TextsTest {

    @Test
    void countsInCodePoints() {
        Answers.hold("""
            indexof("hello", "l") => 2
            indexof("hello", "z") => -1
            indexof("a😀b", "b") => 2
            indexof_n("ababa", "a") => [0, 2, 4]
            indexof_n("abc", "z") => []
            substring("hello", 1, 3) => "ell"
            substring("hello", 1, -1) => "ello"
            substring("a😀b", 1, 1) => "😀"
            substring("abc", 5, 1) => ""
            substring("abc", 1, 99) => "bc"
            substring("hello", -1, 2) => error substring: negative offset
            strings.reverse("a😀b") => "b😀a"
            strings.count("cheese", "e") => 3
            """);
    }

    @Test
    void cutsAndJoins() {
        Answers.hold("""
            concat(",", ["b", "a"]) => "b,a"
            concat(",", {"b", "a"}) => "a,b"
            concat(",", []) => ""
            split("a.b.", ".") => ["a", "b", ""]
            split("abc", "") => ["a", "b", "c"]
            split("", "") => []
            split("", ".") => [""]
            replace("aaa", "a", "b") => "bbb"
            strings.replace_n({"<": "&lt;", ">": "&gt;"}, "<a>") => "&lt;a&gt;"
            trim("..a..", ".") => "a"
            trim_left("xxyax", "xy") => "ax"
            trim_right("axyx", "xy") => "a"
            trim_prefix("aab", "a") => "ab"
            trim_suffix("abb", "b") => "ab"
            trim_space("\\t a \\n") => "a"
            lower("ÄBC") => "äbc"
            upper("äbc") => "ÄBC"
            startswith("abc", "ab") => true
            endswith("abc", "ab") => false
            contains("abc", "") => true
            strings.any_prefix_match("abc", {"x", "ab"}) => true
            strings.any_suffix_match(["abc"], ["d", "bc"]) => true
            """);
    }

    @Test
    void printsAsGoDoes() {
        Answers.hold("""
            sprintf("%s is %d", ["a", 1]) => "a is 1"
            sprintf("%5d|%-5d|%05d", [1, 2, 3]) => "    1|2    |00003"
            sprintf("%x %X %o %b", [255, 255, 8, 5]) => "ff FF 10 101"
            sprintf("%q", ["a\\"b"]) => "\\"a\\\\\\"b\\""
            sprintf("%t", [true]) => "%!t(string=true)"
            sprintf("%.2f", [3.14159]) => "3.14"
            sprintf("%v", [{"b": [1, {2}], "a": null}]) => "{\\"a\\": null, \\"b\\": [1, {2}]}"
            sprintf("%v %v", ["a", 1.50]) => "a 1.5"
            sprintf("%%", []) => "%"
            sprintf("%s", []) => "%!s(MISSING)"
            sprintf("a", [1]) => "a%!(EXTRA int=1)"
            sprintf("%d", [1.5]) => "%!d(float64=1.5)"
            sprintf("%d", ["a"]) => "%!d(string=a)"
            sprintf("%d", [99999999999999999999]) => "99999999999999999999"
            sprintf("%[2]s %[1]s", ["a", "b"]) => "b a"
            sprintf("%8.3f|", [3.14159]) => "   3.142|"
            sprintf("%+d", [5]) => "+5"
            sprintf("%c", [65]) => "A"
            sprintf("%U", [128512]) => "U+1F600"
            """);
    }

    @Test
    void interpolatesTemplates() {
        Answers.hold("""
            $"a {1 + 1} b" => "a 2 b"
            $"{[1, "x"]}" => "[1, \\"x\\"]"
            $"\\{no}" => "{no}"
            $"{input.nothing}!" => "<undefined>!"
            $"{true} {null}" => "true null"
            """);
    }

    @Test
    void matchesRegularExpressionsInLinearTime() {
        Answers.hold("""
            regex.match("^a+$", "aaa") => true
            regex.match("a", "bab") => true
            regex.match("(?=a)", "a") => error eval_builtin_error: regex.match
            regex.match("(a)\\\\1", "aa") => error eval_builtin_error: regex.match
            regex.is_valid("(") => false
            regex.is_valid("a{2,3}") => true
            regex.split("\\\\s+", "a  b c") => ["a", "b", "c"]
            regex.find_n("a.", "abacad", 2) => ["ab", "ac"]
            regex.find_n("a.", "abacad", -1) => ["ab", "ac", "ad"]
            regex.find_all_string_submatch_n("a(.)", "abac", -1) => [["ab", "b"], ["ac", "c"]]
            regex.replace("abcb", "b", "x") => "axcx"
            regex.replace("abc", "(b)(c)", "$2${1}") => "acb"
            regex.replace("abc", "(?P<n>b)", "<${n}>") => "a<b>c"
            regex.template_match("urn:foo:{.*}", "urn:foo:bar", "{", "}") => true
            regex.template_match("urn:{[a-z]+}", "urn:1", "{", "}") => false
            regex.globs_match("a.*b", "acb") => true
            regex.globs_match("[0-9]+", "[a-z]+") => false
            """);
    }

    @Test
    void matchesGlobs() {
        Answers.hold("""
            glob.match("*.github.com", [], "api.github.com") => true
            glob.match("*.github.com", [], "a.b.github.com") => false
            glob.match("*.github.com", null, "a.b.github.com") => true
            glob.match("**.github.com", [], "a.b.github.com") => true
            glob.match("*:*", [":"], "a:b") => true
            glob.match("*", [":"], "a:b") => false
            glob.match("{cat,bat}", [], "bat") => true
            glob.match("[a-c]x", [], "bx") => true
            glob.match("[!a-c]x", [], "bx") => false
            glob.match("?at", [], "cat") => true
            glob.match("?at", [], "at") => false
            glob.match("a\\\\*b", [], "a*b") => true
            glob.quote_meta("*.domain.com") => "\\\\*.domain.com"
            """);
    }

    @Test
    void formatsLikeGoInTheRareCasesToo() {
        Answers.hold("""
            sprintf("%#U %c %q", [128512, 128512, 39]) => "U+1F600 '😀' 😀 '\\\\''"
            sprintf("%+q", ["é"]) => "\\"\\\\u00e9\\""
            sprintf("%T %T %T %T", [1, "a", 1.5, {}]) => "int string float64 string"
            sprintf("%v %v %g", [1000000.0, 100000.0, 123456789.125]) => "1e+06 100000 1.23456789125e+08"
            sprintf("%.2f %.1f %x", [2.675, 0.25, 1.5]) => "2.67 0.2 0x1.8p+00"
            sprintf("% x|%#x|%.2x|% #X", ["hi", "hi", "hi you", "hi"]) => "68 69|0x6869|6869|0X68 0X69"
            sprintf("%10.3v|%5t|", ["abcdef", true]) => "       abc|%!t(string= true)|"
            sprintf("%f", [123456789012345678901234567890]) => "%!f(big.Int=123456789012345678901234567890)"
            sprintf("%s %.2f", [1e400, 1e400]) => "1e400 %!f(string=1e)"
            """);
    }

    @Test
    void rendersTemplatesWithTheFunctionsOfGo() {
        Answers.hold("""
            strings.render_template("{{ html .a }} {{ .a | urlquery }}", {"a": "<a b>"}) => "&lt;a b&gt; %3Ca+b%3E"
            strings.render_template("{{ js .b }}", {"b": "it's"}) => "it\\\\'s"
            strings.render_template("{{ slice .a 1 2 }}{{ slice .a 2 }}", {"a": "xyz"}) => "yz"
            strings.render_template("{{ slice .l 1 }}", {"l": [1, 2, 3]}) => "[2 3]"
            strings.render_template("{{ slice .a 9 }}", {"a": "xyz"}) => error index out of range
            """);
    }

    @Test
    void takesOnlySingleCharactersAsDelimitersOfGlobs() {
        Answers.hold("""
            glob.match("x", ["ab"], "x") => error operand 2 must be array of runes but got array containing string
            glob.match("a:*", [":", "/"], "a:b") => true
            """);
    }

    @Test
    void splitsNothingByNothing() {
        Answers.hold("""
            regex.split("", "") => []
            regex.split("a", "") => [""]
            regex.split("", "ab") => ["a", "b"]
            """);
    }
}
