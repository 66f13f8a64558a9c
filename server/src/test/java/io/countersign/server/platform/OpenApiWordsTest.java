package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenApiWordsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void saysOfANameWhatItMeansWhereItIsSentAndWhereItIsAnswered() {
        assertThat(described("FollowUpViewsFollowUpForm", "owner")).isEqualTo("Who does it, by id or `@handle`.");
        assertThat(described("FollowUpViewsFollowUpView", "owner")).isEqualTo("Who does it.");
        assertThat(described("BreakglassViewsYouView", "owner")).isEqualTo("Whether it is the reader's own.");
        assertThat(described("TeamsTeamView", "handle")).isEqualTo("Handle, without the `@`.");
    }

    @Test
    void saysOfWhatIsUnwrappedIntoARecordWhatItsOwnSays() {
        assertThat(described("RequestViewsRequestDetail", "title"))
                .isEqualTo(described("RequestViewsRequestRow", "title"))
                .isEqualTo("What it would do, as a sentence.");
        assertThat(described("PolicyViewsTemplateView", "quorum")).isEqualTo(described("TemplateForm", "quorum"));
    }

    @Test
    void hasNoWordsForWhatIsNotThere() {
        assertThat(OpenApiWordsLint.idleParameters(document(), words("parameters")))
                .isEmpty();
        assertThat(OpenApiWordsLint.idleFields(document(), words("bodies"))).isEmpty();
        assertThat(OpenApiWordsLint.idleFields(document(), words("answers"))).isEmpty();
        assertThat(OpenApiWordsLint.idleFields(document(), words("changes"))).isEmpty();
    }

    @Test
    void findsWordsThatDescribeNothing() {
        JsonNode small = JSON.readTree("""
                {"paths": {"/things": {"get": {"operationId": "look", "parameters": [
                  {"name": "q", "description": "Text."}, {"name": "limit", "description": "Its own."}]}}},
                 "components": {"schemas": {
                  "Form": {"properties": {"name": {"description": "A name."}}},
                  "View": {"properties": {"name": {"description": "Another."}}}}}}
                """);
        assertThat(OpenApiWordsLint.idleParameters(small, JSON.readTree("""
                {"q": "Text.", "limit": "How many.", "look": {"q": "Text.", "r": "R."}, "read": {"q": "Text."}}
                """)))
                .containsExactly("limit", "look.r", "read.q");
        assertThat(OpenApiWordsLint.idleFields(small, JSON.readTree("""
                {"name": "A name.", "size": "S.", "View": {"name": "Another.", "size": "S."}, "Form": {"name": "Other."}}
                """)))
                .containsExactly("size", "View.size", "Form.name");
    }

    private static JsonNode document() {
        return TestServer.shared().get("/openapi.json", null).body();
    }

    private static String described(String schema, String field) {
        return document()
                .path("components")
                .path("schemas")
                .path(schema)
                .path("properties")
                .path(field)
                .path("description")
                .asString("");
    }

    private static JsonNode words(String file) {
        return JSON.readTree(
                Objects.requireNonNull(OpenApiWordsTest.class.getResourceAsStream("/openapi/words/" + file + ".json")));
    }
}
