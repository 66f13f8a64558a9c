package io.countersign.rego.builtin;

import io.countersign.rego.Answers;
import org.junit.jupiter.api.Test;

/** What is wrong with GraphQL schemas and queries, by the rules of the specification. */
class GraphqlTest {

    @Test
    void schemasMustHoldTogether() {
        Answers.hold("""
            graphql.schema_is_valid("type Query { a: B }") => false
            graphql.schema_is_valid("type A { a: Int }") => true
            graphql.schema_is_valid("type Query { a: Int } type Query { b: Int }") => false
            graphql.schema_is_valid("interface N { id: ID } type A implements N { x: Int } type Query { a: A }") => false
            graphql.schema_is_valid("type Query { __a: Int }") => false
            graphql.schema_is_valid("enum E { true }") => false
            graphql.schema_is_valid("extend type X { a: Int }") => true
            graphql.schema_is_valid("type Query { a(x: Query): Int }") => false
            graphql.schema_is_valid("input I { a: Query } type Query { x: Int }") => false
            graphql.schema_is_valid("union U = Int") => false
            graphql.schema_is_valid("directive @a(x: Int) on FIELD type Query { a: Int }") => true
            graphql.schema_is_valid("scalar D type Query { d: D }") => true
            graphql.schema_is_valid("") => true
            graphql.schema_is_valid("type Query @foo { a: Int } directive @foo on FIELD") => false
            graphql.schema_is_valid("type Query @foo { a: Int } directive @foo on OBJECT") => true
            graphql.schema_is_valid("type Query @foo(x: 1) { a: Int } directive @foo on OBJECT") => false
            graphql.schema_is_valid("type Query @foo { a: Int } directive @foo(x: Int!) on OBJECT") => false
            graphql.schema_is_valid("directive @foo on OBJECT directive @foo on OBJECT type Query { a: Int }") => false
            graphql.schema_is_valid("directive @skip(if: Boolean!) on FIELD type Query { a: Int }") => true
            graphql.schema_is_valid("interface N { id: ID! } type A implements N { id: ID } type Query { a: A }") => false
            graphql.schema_is_valid("interface N { n: N } type A implements N { n: A } type Query { a: A }") => true
            graphql.schema_is_valid("interface N { n(x: Int): ID } type A implements N { n(x: Int, y: Int!): ID } type Query { a: A }") => false
            graphql.schema_is_valid("interface N implements N { n: ID } type Query { a: Int }") => false
            graphql.schema_is_valid("scalar D @specifiedBy(url: \\"x\\") type Query { a: D @deprecated }") => true
            graphql.schema_is_valid("directive @a(x: Int @a) on ARGUMENT_DEFINITION type Query { a: Int }") => false
            """);
    }

    @Test
    void queriesMustFitTheirSchema() {
        Answers.hold("""
            graphql.is_valid("{ a }", "type Query { a: Int }") => true
            graphql.is_valid("{ b }", "type Query { a: Int }") => false
            graphql.is_valid("{ a(x: 1) }", "type Query { a(x: Int!): Int }") => true
            graphql.is_valid("{ a }", "type Query { a(x: Int!): Int }") => false
            graphql.is_valid("query($v: Int) { a(x: $v) }", "type Query { a(x: Int!): Int }") => false
            graphql.is_valid("query($v: Int!) { a(x: $v) }", "type Query { a(x: Int!): Int }") => true
            graphql.is_valid("query($v: Int!) { a }", "type Query { a: Int }") => false
            graphql.is_valid("{ a { b } }", "type Query { a: A } type A { b: String }") => true
            graphql.is_valid("{ a }", "type Query { a: A } type A { b: String }") => false
            graphql.is_valid("{ a { b { c } } }", "type Query { a: A } type A { b: String }") => false
            graphql.is_valid("{ ...F } fragment F on Query { a }", "type Query { a: Int }") => true
            graphql.is_valid("{ a } fragment F on Query { a }", "type Query { a: Int }") => false
            graphql.is_valid("{ ...G }", "type Query { a: Int }") => false
            graphql.is_valid("fragment F on Query { ...F } { ...F }", "type Query { a: Int }") => false
            graphql.is_valid("{ a @skip(if: true) }", "type Query { a: Int }") => true
            graphql.is_valid("{ a @foo }", "type Query { a: Int }") => false
            graphql.is_valid("{ a(x: \\"s\\") }", "type Query { a(x: Int): Int }") => false
            graphql.is_valid("{ a(x: RED) }", "enum C { RED } type Query { a(x: C): Int }") => true
            graphql.is_valid("{ a(x: BLUE) }", "enum C { RED } type Query { a(x: C): Int }") => false
            graphql.is_valid("{ a(x: {b: 1}) }", "input I { b: Int! } type Query { a(x: I): Int }") => true
            graphql.is_valid("{ a(x: {}) }", "input I { b: Int! } type Query { a(x: I): Int }") => false
            graphql.is_valid("{ a a: b }", "type Query { a: Int b: Int }") => false
            graphql.is_valid("query A { a } query A { a }", "type Query { a: Int }") => false
            graphql.is_valid("{ a } query B { a }", "type Query { a: Int }") => false
            graphql.is_valid("mutation { a }", "type Query { a: Int }") => false
            graphql.is_valid("subscription { a b }", "type Query { a: Int } type Subscription { a: Int b: Int }") => false
            graphql.is_valid("{ __typename }", "type Query { a: Int }") => true
            graphql.is_valid("{ u { ... on A { x } } }", "union U = A type A { x: Int } type Query { u: U }") => true
            graphql.is_valid("{ u { ... on B { y } } }", "union U = A type A { x: Int } type B { y: Int } type Query { u: U }") => false
            graphql.is_valid("{ u { x } }", "union U = A type A { x: Int } type Query { u: U }") => false
            graphql.is_valid("query @skip(if: true) { a }", "type Query { a: Int }") => false
            graphql.is_valid("{ a @skip }", "type Query { a: Int }") => false
            graphql.is_valid("query($b: Boolean!) { a @skip(if: $b) }", "type Query { a: Int }") => true
            graphql.is_valid("query($l: [Int!]) { a(x: $l) }", "type Query { a(x: [Int]): Int }") => true
            graphql.is_valid("query($l: [Int]) { a(x: $l) }", "type Query { a(x: [Int!]): Int }") => false
            graphql.is_valid("query($l: Int = 1) { a(x: $l) }", "type Query { a(x: Int!): Int }") => true
            graphql.is_valid("{ a(x: 1) }", "type Query { a(x: [Int]): Int }") => true
            graphql.is_valid("{ a(x: [1, \\"s\\"]) }", "type Query { a(x: [Int]): Int }") => false
            graphql.is_valid("{ d(x: {a: 1}) }", "scalar J type Query { d(x: J): Int }") => true
            graphql.is_valid("{ p { ... on C { x: a } ... on D { x: b } } }", "interface P { i: Int } type C implements P { i: Int a: Int } type D implements P { i: Int b: Int } type Query { p: P }") => true
            graphql.is_valid("{ a(x: 1) a(x: 2) }", "type Query { a(x: Int): Int }") => false
            graphql.is_valid("{ a(x: 1) a(x: 1) }", "type Query { a(x: Int): Int }") => true
            graphql.is_valid("query A { ...F } query B { ...F } fragment F on Query { a }", "type Query { a: Int }") => true
            graphql.is_valid("query A($v: Int) { ...F } fragment F on Query { a(x: $v) }", "type Query { a(x: Int): Int }") => true
            """);
    }
}
