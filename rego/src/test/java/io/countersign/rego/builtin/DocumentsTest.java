package io.countersign.rego.builtin;

import io.countersign.rego.Answers;
import org.junit.jupiter.api.Test;

/** Objects, arrays, sets, JSON and YAML. */
class DocumentsTest {

    @Test
    void looksIntoObjects() {
        Answers.hold("""
            object.get({"a": {"b": 1}}, ["a", "b"], 0) => 1
            object.get({"a": [{"b": 1}]}, ["a", 0, "b"], 0) => 1
            object.get({"a": 1}, "z", "none") => "none"
            object.get({"a": 1}, [], 0) => {"a": 1}
            object.get({"a": 1}, ["a", "b"], 0) => 0
            object.keys({"a": 1, 2: 3}) => {2, "a"}
            object.remove({"a": 1, "b": 2}, ["a", "z"]) => {"b": 2}
            object.remove({"a": 1, "b": 2}, {"a": 0}) => {"b": 2}
            object.filter({"a": 1, "b": 2}, {"a"}) => {"a": 1}
            object.union({"a": {"b": 1}}, {"a": {"c": 2}}) => {"a": {"b": 1, "c": 2}}
            object.union({"a": 1}, {"a": {"c": 2}}) => {"a": {"c": 2}}
            object.union_n([{"a": 1}, {"b": 2}, {"a": 3}]) => {"a": 3, "b": 2}
            object.union_n([]) => {}
            object.subset({"a": {"b": 1, "c": 2}}, {"a": {"b": 1}}) => true
            object.subset([1, 2, 3], [2, 3]) => true
            object.subset([1, 2, 3], [1, 3]) => false
            object.subset({1, 2}, {1}) => true
            object.subset([1, 2], {2}) => true
            """);
    }

    @Test
    void picksAndTakesAwayByPath() {
        Answers.hold("""
            json.filter({"a": {"b": 1, "c": 2}}, ["a/b"]) => {"a": {"b": 1}}
            json.filter({"a": {"b": 1, "c": 2}}, {["a", "c"]}) => {"a": {"c": 2}}
            json.filter({"a": [1, 2, 3]}, ["a/1"]) => {"a": [2]}
            json.remove({"a": {"b": 1, "c": 2}}, ["a/b"]) => {"a": {"c": 2}}
            json.remove({"a": [1, 2, 3]}, ["a/0", "a/2"]) => {"a": [2]}
            json.remove({"a": 1}, []) => {"a": 1}
            """);
    }

    @Test
    void patchesDocuments() {
        Answers.hold("""
            json.patch([1, 2], [{"op": "add", "path": "/0", "value": 0}]) => [0, 1, 2]
            json.patch([1], [{"op": "add", "path": "/-", "value": 2}]) => [1, 2]
            json.patch({"a": 1}, [{"op": "replace", "path": "/a", "value": 2}]) => {"a": 2}
            json.patch({"a": 1}, [{"op": "remove", "path": "a"}]) => {}
            json.patch({"a": 1}, [{"op": "move", "from": "/a", "path": "/b"}]) => {"b": 1}
            json.patch({"a": 1}, [{"op": "copy", "from": ["a"], "path": ["b"]}]) => {"a": 1, "b": 1}
            json.patch({"a~/b": 1}, [{"op": "remove", "path": "/a~0~1b"}]) => {}
            json.patch({"a": 1}, [{"op": "test", "path": "/a", "value": 1}]) => {"a": 1}
            json.patch({"a": 1}, [{"op": "test", "path": "/a", "value": 2}]) => undefined
            json.patch({"a": 1}, [{"op": "remove", "path": "/b"}]) => undefined
            """);
    }

    @Test
    void readsAndWritesJsonAndYaml() {
        Answers.hold("""
            json.marshal({"b": 1, "a": [1.0, {2}]}) => "{\\"a\\":[1.0,[2]],\\"b\\":1}"
            json.marshal("<") => "\\"\\\\u003c\\""
            json.unmarshal("{\\"a\\": 1e2}") => {"a": 1e2}
            json.unmarshal("{") => error eval_builtin_error: json.unmarshal
            json.is_valid("{}") => true
            json.is_valid("{") => false
            json.marshal_with_options({"a": 1}, {"pretty": true, "indent": " "}) => "{\\n \\"a\\": 1\\n}"
            yaml.unmarshal("a: [1, b]") => {"a": [1, "b"]}
            yaml.unmarshal("[0b101, -0b11]") => [5, -3]
            yaml.unmarshal("a: .inf") => error json: unsupported value
            yaml.unmarshal("a: '.inf'") => {"a": ".inf"}
            json.unmarshal(`"\\ud800x\\udc00\\ud83d\\ude00"`) => "�x�😀"
            yaml.marshal({"a": [1], "b": {"c": null}}) => "a:\\n- 1\\nb:\\n  c: null\\n"
            yaml.is_valid("a: {") => false
            """);
    }

    @Test
    void worksOnArraysAndSets() {
        Answers.hold("""
            array.concat([1], [2, 3]) => [1, 2, 3]
            array.slice([1, 2, 3], 1, 2) => [2]
            array.slice([1, 2, 3], -1, 9) => [1, 2, 3]
            array.slice([1, 2, 3], 2, 1) => []
            array.reverse([1, 2]) => [2, 1]
            {1, 2} & {2, 3} => {2}
            {1} | {2} => {1, 2}
            {1, 2} - {2} => {1}
            union({{1}, {2, 3}}) => {1, 2, 3}
            union(set()) => set()
            intersection({{1, 2}, {2}}) => {2}
            intersection(set()) => set()
            2 in [1, 2] => true
            "a" in {"k": "a"} => true
            ("k", "a" in {"k": "a"}) => true
            """);
    }

    @Test
    void knowsTheTypesAndTheirOrder() {
        Answers.hold("""
            type_name(null) => "null"
            type_name({}) => "object"
            type_name(set()) => "set"
            is_array([]) => true
            is_object([]) => false
            is_null(null) => true
            null < false => true
            true < 0 => true
            1 < "a" => true
            "z" < [] => true
            [] < {} => true
            {"a": 1} < {1} => true
            [1, 2] < [1, 3] => true
            "a" < "ab" => true
            {"a": 1} < {"a": 2} => true
            """);
    }

    @Test
    void leavesOutThePathToTheWholeDocument() {
        Answers.hold("""
            json.remove({"a": 1, "b": 2}, ["", "b"]) => {"a": 1}
            json.remove({"a": 1}, [""]) => {"a": 1}
            json.filter({"a": 1, "b": 2}, ["", "b"]) => {"b": 2}
            json.filter({"a": 1}, [""]) => {}
            """);
    }

    @Test
    void writesYamlAsGoDoes() {
        Answers.hold("""
            yaml.marshal(["yes", "1", "12:30", "2020-01-01", "10.0.0.1", "1abc"]) => "- \\"yes\\"\\n- \\"1\\"\\n- \\"12:30\\"\\n- \\"2020-01-01\\"\\n- 10.0.0.1\\n- 1abc\\n"
            yaml.marshal(["v1.0", "it's", "'a", "a:", "a:b", "x #y", ""]) => "- v1.0\\n- it's\\n- '''a'\\n- 'a:'\\n- a:b\\n- 'x #y'\\n- \\"\\"\\n"
            yaml.marshal({"a10": 1, "a2": 2, "B": 3, "b": 4}) => "B: 3\\na2: 2\\na10: 1\\nb: 4\\n"
            yaml.unmarshal(yaml.marshal({"a": ["no", "1e3", null, "\\n\\n", "a\\n b\\n"], "k: v": "'"})) => {"a": ["no", "1e3", null, "\\n\\n", "a\\n b\\n"], "k: v": "'"}
            """);
    }

    @Test
    void mergesMappingsOfYaml() {
        Answers.hold("""
            yaml.unmarshal("a: &x {b: 1, e: 9}\\nd:\\n  <<: *x\\n  e: 2") => {"a": {"b": 1, "e": 9}, "d": {"b": 1, "e": 2}}
            yaml.unmarshal("d:\\n  <<: [{a: 1}, {a: 2, b: 3}]\\n  c: 4") => {"d": {"a": 1, "b": 3, "c": 4}}
            yaml.unmarshal("d:\\n  <<: 7") => error map merge requires map or sequence of maps as the value
            yaml.unmarshal("d:\\n  '<<': 7") => {"d": {"<<": 7}}
            """);
    }

    @Test
    void walksGraphs() {
        Answers.hold("""
            graph.reachable({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": set()}, {"a"}) => {"a", "b", "c"}
            graph.reachable({"a": ["b"]}, ["a"]) => {"a"}
            graph.reachable_paths({"a": ["b", "c"], "b": [], "c": ["b"]}, ["a"]) => {["a", "b"], ["a", "c", "b"]}
            count([1 | walk({"a": [1, 2]}, _)]) => 4
            [p | walk({"a": [7]}, [p, 7])] => [["a", 0]]
            [v | walk({"a": [7, {8}]}, [_, v]); is_number(v)] => [7, 8]
            {p: v | walk([{"a": {1}}], [p, v]); is_number(v)} => {[0, "a", 1]: 1}
            [x | x := walk([[1]])] => [[[], [[1]]], [[0], [1]], [[0, 0], 1]]
            [p | walk([[1], [1]], [[p, 0], 1])] => [0, 1]
            count([1 | [_, _] = walk(7)]) => 1
            [d | walk([[[[[[[[[[5]]]]]]]]]], [p, 5]); d := count(p)] => [10]
            """);
    }
}
