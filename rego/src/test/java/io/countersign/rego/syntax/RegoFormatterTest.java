package io.countersign.rego.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** How sources are formatted. */
class RegoFormatterTest {

    private static String formatted(String source) {
        return formatted(source, ParserOptions.V1);
    }

    private static String formatted(String source, ParserOptions language) {
        String once = RegoFormatter.format("a.rego", source, language);
        assertThat(RegoFormatter.format("a.rego", once, language))
                .as("formatting twice changes nothing more")
                .isEqualTo(once);
        return once;
    }

    @Test
    void writesTabsSpacesAndBlankLinesTheOneWay() {
        assertThat(formatted("""
                        package  a["b"].c
                        import data.x
                        import   input.y as  z


                        default allow=false
                        allow if { z.n+1>=2*(3+x.m); not x.bad }
                        deny contains   msg if{
                            some i,r in input.rs


                            msg:=sprintf("%v %v",[i,r])
                        }
                        """)).isEqualTo("""
                        package a.b.c

                        import data.x
                        import input.y as z

                        default allow := false

                        allow if {
                        	z.n + 1 >= 2 * (3 + x.m)
                        	not x.bad
                        }

                        deny contains msg if {
                        	some i, r in input.rs

                        	msg := sprintf("%v %v", [i, r])
                        }
                        """);
    }

    @Test
    void keepsCommentsWhereTheyBelong() {
        String source = """
                # first

                # METADATA
                # title: all
                package a # the package

                import data.x # why

                # before
                p if { # open
                	# alone
                	x.a == 1 # behind

                	# last
                } # close

                q := [ # items
                	1, # one
                	# two follows
                	2,
                ]
                # end
                """;
        assertThat(formatted(source)).isEqualTo(source);
    }

    @Test
    void keepsTheLinesOfCollectionsAndLongOperators() {
        assertThat(formatted("""
                        package a
                        x := {"k":[
                          1,2,
                          3], "l": {"m":1}}
                        y := f("t", [
                          1,
                          2
                        ])
                        z := x.a |
                          x.b | x.c
                        f(_, _) := 1
                        """)).isEqualTo("""
                        package a

                        x := {"k": [
                        	1, 2,
                        	3,
                        ], "l": {"m": 1}}

                        y := f("t", [
                        	1,
                        	2,
                        ])

                        z := x.a |
                        	x.b | x.c

                        f(_, _) := 1
                        """);
    }

    @Test
    void givesOperatorsOnlyTheParenthesesTheyNeed() {
        assertThat(formatted(
                        "package a\np := ((1+2)*3) - (4 - 5)\nq := [(a | b), 1]\nr := {x | x = 1; x in ({1} | {2})}\n"))
                .isEqualTo(
                        "package a\n\np := (1 + 2) * 3 - (4 - 5)\nq := [(a | b), 1]\nr := {x | x = 1; x in {1} | {2}}\n");
    }

    @Test
    void writesElseEveryAndWith() {
        assertThat(formatted("""
                        package a
                        p := 1 if x else := 2 if { every k,v in input { k==v } } else := 3
                        q if { data.p with input as {"a":1} with data.x as 2 }
                        """)).isEqualTo("""
                        package a

                        p := 1 if {
                        	x
                        } else := 2 if {
                        	every k, v in input { k == v }
                        } else := 3

                        q if {
                        	data.p with input as {"a": 1} with data.x as 2
                        }
                        """.replace(
                        "q if {\n\tdata.p with input as {\"a\": 1} with data.x as 2\n}",
                        "q if data.p with input as {\"a\": 1} with data.x as 2"));
    }

    @Test
    void leavesTheOldLanguageTheOldLanguage() {
        assertThat(formatted(
                        "package a\np[x] { x = 1 } { x = 2 }\nq = 1 { true } else = 2 { false }\n", ParserOptions.V0))
                .isEqualTo("""
                        package a

                        p[x] {
                        	x = 1
                        } {
                        	x = 2
                        }

                        q := 1 {
                        	true
                        } else := 2 {
                        	false
                        }
                        """);
    }

    @Test
    void usesTheKeywordsThatWereImported() {
        assertThat(formatted(
                        "package a\nimport future.keywords.if\nimport future.keywords.contains\np[x] { x = 1 }\n",
                        ParserOptions.V0))
                .isEqualTo(
                        "package a\n\nimport future.keywords.contains\nimport future.keywords.if\n\np contains x if {\n\tx = 1\n}\n"
                                .replace("if {\n\tx = 1\n}", "if x = 1"));
    }

    @Test
    void keepsStringsAsTheyWereWritten() {
        String source = "package a\n\np := `raw \"\\n` \n\nq := \"\\u00e9\\t\"\n\nr := $\"{ input.x }!\"\n"
                .replace("` \n", "`\n");
        assertThat(formatted(source)).contains("`raw \"\\n`", "\"\\u00e9\\t\"", "$\"{ input.x }!\"");
    }

    @Test
    void refusesWhatCannotBeParsed() {
        assertThatThrownBy(() -> formatted("package a\np if {"))
                .isInstanceOfSatisfying(
                        RegoFailure.class, failure -> assertThat(failure.code()).isEqualTo("rego_parse_error"));
    }

    @Test
    void ordersImportsThatStandTogether() {
        String once = formatted("""
                package a
                import rego.v1
                import input.q
                import data.z
                import data.c as d
                import data.c.b

                import input.a
                import data.b # why
                p := z
                """);
        assertThat(once).isEqualTo("""
                package a

                import data.c as d
                import data.c.b
                import data.z
                import input.q
                import rego.v1

                import input.a
                import data.b # why

                p := z
                """);
        assertThat(formatted(once)).isEqualTo(once);
    }

    @Test
    void putsFurtherCommentsOfARuleBeforeWhatFollows() {
        String once = formatted("package a\np:=# one\n\ty# two\n\nq:=# three\nz == y# four\n==a\n");
        assertThat(once).contains("p := y # one\n").contains("\n# two\n");
        assertThat(formatted(once)).isEqualTo(once);
    }

    @Test
    void separatesAStatementThatBeginsWithAMinus() {
        assertThat(formatted("package a\np if { x := input.a; -1 == x }\n"))
                .isEqualTo("package a\n\np if {\n\tx := input.a;\n\t-1 == x\n}\n");
    }
}
