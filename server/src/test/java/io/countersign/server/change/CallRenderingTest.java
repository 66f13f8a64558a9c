package io.countersign.server.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.change.ChangeView.Brief;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallRenderingTest {

    @Test
    void showsACall() {
        ChangeView view = Rendered.of("message/http", """
                PUT /api/v1/templates/tpl_1
                If-Match: "3"

                {"name":"Gate","quorum":{"minApprovals":1},"scope":["project","cluster"]}""");
        CallContent call = (CallContent) view.content();
        assertThat(call.method()).isEqualTo("PUT");
        assertThat(call.path()).isEqualTo("/api/v1/templates/tpl_1");
        assertThat(call.ifMatch()).isEqualTo("\"3\"");
        assertThat(Rendered.text(call.body())).contains("\"minApprovals\": 1");
        assertThat(view.summary())
                .containsExactly(
                        new Brief("PUT", null, "/api/v1/templates/tpl_1"),
                        new Brief("name", null, "Gate"),
                        new Brief("quorum.minApprovals", null, "1"),
                        new Brief("scope", null, "project, cluster"));
        assertThat(((CallContent) Rendered.of("message/http", "DELETE /api/v1/projects/p\n\n")
                                .content())
                        .body())
                .isEmpty();
    }

    @Test
    void saysWhatTheIdsStandFor() {
        ChangeView view = Rendered.of("message/http", """
                POST /api/v1/templates

                {"approvers":{"teams":["%s"],"users":[]},"owner":"%s","other":"team_01m8mg7es4dwzmstpv2fbwceaz"}""".formatted(Rendered.TEAM, Rendered.TEAM));
        CallContent call = (CallContent) view.content();
        assertThat(Rendered.text(call.body())).contains(Rendered.TEAM);
        assertThat(call.names()).containsExactly(Map.entry(Rendered.TEAM, "Site reliability"));
        assertThat(view.summary())
                .containsExactly(
                        new Brief("POST", null, "/api/v1/templates"),
                        new Brief("approvers.teams", null, "Site reliability"),
                        new Brief("owner", null, "Site reliability"),
                        new Brief("other", null, "team_01m8mg7es4dwzmstpv2fbwceaz"));
    }

    @Test
    void showsWhichSessionACallOpens() {
        ChangeView view = Rendered.of("message/http", """
                POST /api/v1/breakglass-sessions
                Break-Glass-Session: BG-7 bgs_1

                {"reason":"customers cannot pay","duration":"PT30M"}""");
        CallContent call = (CallContent) view.content();
        assertThat(call.session()).isEqualTo("BG-7 bgs_1");
        assertThat(view.summary())
                .containsExactly(
                        new Brief("POST", null, "/api/v1/breakglass-sessions"),
                        new Brief("session", null, "BG-7 bgs_1"),
                        new Brief("reason", null, "customers cannot pay"),
                        new Brief("duration", null, "PT30M"));
    }

    @Test
    void showsWhatPolicyAsCodeChanges() {
        ChangeView view = Rendered.of("message/http", """
                POST /api/v1/declarations

                {"digest":"sha256:1","prune":true,"added":1,"altered":1,"removed":0,"changes":[
                 {"change":"alter","kind":"template","name":"Gate","fields":[{"field":"quorum.minApprovals","before":2,"after":1}]},
                 {"change":"add","kind":"team","name":"sre","fields":[{"field":"members","after":["ann","bob"]}]}],"warnings":[]}""");
        DeclarationContent declaration = (DeclarationContent) view.content();
        assertThat(declaration.changes())
                .extracting(DeclarationContent.Thing::name)
                .containsExactly("Gate", "sre");
        assertThat(declaration.changes().getFirst().fields())
                .containsExactly(new DeclarationContent.Field("quorum.minApprovals", "2", "1"));
        assertThat(declaration.changes().getLast().fields())
                .containsExactly(new DeclarationContent.Field("members", null, "ann, bob"));
        assertThat(view.summary())
                .containsExactly(new Brief("Gate quorum.minApprovals", "2", "1"), new Brief("team sre", null, "added"));
    }

    @Test
    void showsAsACallWhatSaysMoreThanADifference() {
        ChangeView view = Rendered.of("message/http", "POST /api/v1/declarations\n\n{\"changes\":[],\"also\":1}");
        assertThat(view.content()).isInstanceOf(CallContent.class);
        for (String other : List.of("GET", "POST /x HTTP/1.1\nHost: y\n\n", "POST /x\nIf-Match: a\nX: b\n\n")) {
            assertThat(Rendered.of("message/http", other).content()).isInstanceOf(ChangeContent.PlainText.class);
        }
    }
}
