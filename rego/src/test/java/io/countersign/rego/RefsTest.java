package io.countersign.rego;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.rego.syntax.RegoFailure;
import io.countersign.rego.value.JsonReader;
import io.countersign.rego.value.RegoObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Refs into documents, rules and packages, and queries over them. */
class RefsTest {

    private static final String DATA =
            "{\"servers\":[{\"id\":\"a\",\"ports\":[80,443]},{\"id\":\"b\",\"ports\":[22]}],\"m\":{\"x\":1,\"y-z\":2,\"1\":3}}";

    private static final String SOURCE = """
        package shop.gate

        import data.servers
        import data.m as mm
        import input.user as who

        ids contains servers[_].id
        open[id] contains port if {
        	some s in servers
        	id := s.id
        	some port in s.ports
        }
        nested.deep.value := 1
        nested.deep.other := 2
        nested.list contains 3
        by_key[k] := v if some k, v in mm
        pairs := [[i, j] | servers[i].ports[j] == 443]
        dashed := mm["y-z"]
        last := servers[count(servers) - 1].id
        out := servers[7]
        negative := servers[-1]
        text := mm.x[0]
        me := who.name
        sum_ports := sum([p | p := servers[_].ports[_]])
        in_set := {1, 2}[2]
        not_in_set if not {1, 2}[3]
        all_rules := count(data.shop.gate.nested)
        chained := nested["deep"].value + nested.deep["other"]
        """;

    private static List<RegoObject> solutions(String query) {
        Policy policy = Policy.compile(Map.of("a.rego", SOURCE), JsonReader.read(DATA), PolicyOptions.DEFAULT);
        return policy.query(query).run(Input.json("{\"user\":{\"name\":\"eve\"}}"));
    }

    private static String value(String path) {
        List<RegoObject> found = solutions("x = data.shop.gate." + path);
        return found.isEmpty() ? "undefined" : String.valueOf(found.get(0).get("x"));
    }

    @Test
    void walkThroughDocuments() {
        assertThat(value("ids")).isEqualTo("{\"a\", \"b\"}");
        assertThat(value("pairs")).isEqualTo("[[0, 1]]");
        assertThat(value("dashed")).isEqualTo("2");
        assertThat(value("last")).isEqualTo("\"b\"");
        assertThat(value("sum_ports")).isEqualTo("545");
        assertThat(value("by_key")).isEqualTo("{\"1\": 3, \"x\": 1, \"y-z\": 2}");
    }

    @Test
    void areUndefinedWhereNothingIs() {
        assertThat(value("out")).isEqualTo("undefined");
        assertThat(value("negative")).isEqualTo("undefined");
        assertThat(value("text")).isEqualTo("undefined");
        assertThat(value("nothing.at.all")).isEqualTo("undefined");
    }

    @Test
    void reachIntoWhatRulesDefine() {
        assertThat(value("open.a")).isEqualTo("{80, 443}");
        assertThat(value("open[\"b\"][22]")).isEqualTo("22");
        assertThat(value("nested")).isEqualTo("{\"deep\": {\"other\": 2, \"value\": 1}, \"list\": {3}}");
        assertThat(value("chained")).isEqualTo("3");
        assertThat(value("all_rules")).isEqualTo("2");
        assertThat(value("in_set")).isEqualTo("2");
        assertThat(value("not_in_set")).isEqualTo("true");
        assertThat(value("me")).isEqualTo("\"eve\"");
    }

    @Test
    void giveASolutionForEveryWayThrough() {
        assertThat(solutions("data.shop.gate.open[id][port]")).hasSize(3);
        assertThat(solutions("some s in data.servers; s.ports[i] > 79")).hasSize(2);
        assertThat(solutions("data.shop[p].ids[x]"))
                .hasSize(2)
                .allMatch(s -> String.valueOf(s.get("p")).equals("\"gate\""));
        assertThat(solutions("data.servers[_].id = \"z\"")).isEmpty();
        assertThat(solutions("x = 1; y = x + 1")).singleElement().hasToString("{\"x\": 1, \"y\": 2}");
        assertThat(solutions("true")).hasSize(1);
        assertThat(solutions("false")).isEmpty();
    }

    @Test
    void queriesAreCheckedToo() {
        for (String wrong :
                List.of("x > 1", "nothing(1)", "x := 1; x := 2", "data.a[", "count(1, 2, 3)", "some x; true")) {
            try {
                solutions(wrong);
                assertThat(wrong).isEqualTo("refused");
            } catch (RegoFailure refused) {
                assertThat(refused.code()).startsWith("rego_");
            }
        }
    }

    @Test
    void aQueryIsPreparedOnceAndRunByManyThreads() throws InterruptedException {
        Policy policy = Policy.compile(Map.of("a.rego", SOURCE), JsonReader.read(DATA), PolicyOptions.DEFAULT);
        Policy.Query query = policy.query("data.shop.gate.open[id][port]");
        List<Thread> threads = new java.util.ArrayList<>();
        List<String> wrong = java.util.Collections.synchronizedList(new java.util.ArrayList<>());
        for (int i = 0; i < 4; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int j = 0; j < 200; j++) {
                    int size = query.run(Input.absent()).size();
                    if (size != 3) {
                        wrong.add("found " + size);
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(wrong).isEmpty();
    }
}
