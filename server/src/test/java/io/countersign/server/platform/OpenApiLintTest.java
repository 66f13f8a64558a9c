package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class OpenApiLintTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String GOOD = """
            {"openapi": "3.1.0",
             "info": {"title": "T", "version": "v1", "description": "d", "contact": {"name": "c"}, "license": {"name": "l"}},
             "servers": [{"url": "http://localhost:1"}],
             "tags": [{"name": "Gate", "description": "d"}],
             "paths": {
              "/things/{thing}": {"post": {
               "operationId": "makeThing", "summary": "Make it", "tags": ["Gate"], "x-permission": "ask",
               "security": [{"bearer": []}],
               "parameters": [
                {"name": "thing", "in": "path", "required": true, "description": "p", "schema": {"type": "string"}},
                {"name": "limit", "in": "query", "description": "q", "example": 5,
                 "schema": {"type": "integer", "maximum": 9}}],
               "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Form"},
                "examples": {"one": {"value": {"kind": "a", "sizes": [1], "more": {"x": "y"}}}}}}},
               "responses": {
                "200": {"description": "OK", "content": {"application/json": {"schema":
                 {"type": "array", "items": {"oneOf": [{"type": "string"}, {"type": "null"}]}}, "example": ["a", null]}}},
                "401": {"$ref": "#/components/responses/Refused"},
                "403": {"$ref": "#/components/responses/Refused"},
                "default": {"$ref": "#/components/responses/Refused"}}}},
              "/open": {"get": {
               "operationId": "look", "summary": "Look", "tags": ["Gate"], "x-permission": "public", "security": [],
               "responses": {"204": {"description": "Nothing"}, "default": {"$ref": "#/components/responses/Refused"}}}}},
             "components": {
              "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
              "responses": {"Refused": {"description": "no", "content": {"application/problem+json": {"schema":
               {"$ref": "#/components/schemas/Told"}, "example": {"code": "x"}}}}},
              "schemas": {
               "Told": {"type": "object", "properties": {
                "code": {"type": "string", "description": "c"},
                "more": {"type": "object", "description": "m", "properties": {
                 "inner": {"type": "string", "description": "i"}}}}},
               "Form": {"type": "object", "required": ["kind"], "properties": {
                "kind": {"type": "string", "enum": ["a", "b"], "description": "k"},
                "more": {"type": "object", "additionalProperties": {"type": "string"}, "description": "m"},
                "sizes": {"type": "array", "items": {"type": "integer"}, "description": "s"}}}}}}
            """;

    private static final String MAKE = "post /things/{thing}: ";
    private static final String LOOK = "get /open: ";

    @Test
    void hasNothingToSayOfAGoodDocument() {
        assertThat(OpenApiLint.complaints(JSON.readTree(GOOD))).isEmpty();
    }

    @Test
    void saysWhatIsMissingAtTheHead() {
        finds("\"title\": \"T\", ", "", "info: no title");
        finds("\"version\": \"v1\", ", "", "info: no version");
        finds("\"description\": \"d\", \"contact\"", "\"contact\"", "info: no description");
        finds("\"contact\": {\"name\": \"c\"}, ", "", "info: no contact");
        finds(", \"license\": {\"name\": \"l\"}", "", "info: no license");
        finds("{\"url\": \"http://localhost:1\"}", "", "no servers");
        finds(
                "http://localhost:1",
                "http://localhost:1/",
                "server `http://localhost:1/` is no address without a slash at its end");
    }

    @Test
    void wantsTagsThatAreDeclaredDescribedAndUsed() {
        finds("\"name\": \"Gate\", \"description\": \"d\"", "\"name\": \"Gate\"", "tag `Gate`: no description");
        finds(
                "{\"name\": \"Gate\", \"description\": \"d\"}",
                "{\"name\": \"Gate\", \"description\": \"d\"}, {\"name\": \"Gate\", \"description\": \"d\"}",
                "tag `Gate` is declared twice");
        finds(
                "{\"name\": \"Gate\", \"description\": \"d\"}",
                "{\"name\": \"Gate\", \"description\": \"d\"}, {\"name\": \"Lost\", \"description\": \"d\"}",
                "tag `Lost` belongs to no operation");
        finds("\"Look\", \"tags\": [\"Gate\"]", "\"Look\", \"tags\": []", LOOK + "no tag");
        finds("\"Look\", \"tags\": [\"Gate\"]", "\"Look\", \"tags\": [\"Gone\"]", LOOK + "tag `Gone` is not declared");
    }

    @Test
    void wantsOperationsWithNamesOfTheirOwn() {
        finds("\"operationId\": \"look\", ", "", LOOK + "no operationId");
        finds("\"look\"", "\"makeThing\"", LOOK + "operationId `makeThing` is not its own");
        finds("\"look\"", "\"look_1\"", LOOK + "operationId `look_1` is no word in camel case");
        finds("\"summary\": \"Look\", ", "", LOOK + "no summary");
        finds("\"Look\"", "\"Look.\"", LOOK + "summary ends with a full stop");
        finds("\"/open\"", "\"/open/\"", "/open/: ends with a slash");
        finds("\"/open\"", "\"/open?x=y\"", "/open?x=y: has a query");
        finds(
                "\"/open\": {\"get\"",
                "\"/things/{other}\": {\"put\": {}}, \"/open\": {\"get\"",
                "/things/{other}: is there under another name",
                "put /things/{other}: no operationId",
                "put /things/{other}: no summary",
                "put /things/{other}: no tag",
                "put /things/{other}: no permission",
                "put /things/{other}: names no security scheme",
                "put /things/{other}: no 401",
                "put /things/{other}: no 403",
                "put /things/{other}: parameter `other` is not declared",
                "put /things/{other}: no answer of success",
                "put /things/{other}: no problem response");
        finds("\"summary\": \"Look\", ", "\"summary\": \"Look\", \"requestBody\": {}, ", LOOK + "a get has no body");
    }

    @Test
    void wantsPermissionsAndTheirSecuritySchemes() {
        finds("\"x-permission\": \"ask\"", "\"x\": 1", MAKE + "no permission");
        finds("\"ask\"", "\"fly\"", MAKE + "no such permission `fly`");
        finds(
                "\"security\": [{\"bearer\": []}]",
                "\"security\": []",
                MAKE + "names no security scheme",
                "security scheme `bearer` is not used");
        finds("\"security\": []", "\"security\": [{\"bearer\": []}]", LOOK + "needs no security scheme, and names one");
        finds("[{\"bearer\": []}]", "[{\"bearer\": []}, {\"key\": []}]", MAKE + "no such security scheme `key`");
        finds("\"401\": {\"$ref\": \"#/components/responses/Refused\"},", "", MAKE + "no 401");
        finds("\"403\": {\"$ref\": \"#/components/responses/Refused\"},", "", MAKE + "no 403");
    }

    @Test
    void wantsParametersThatAreThereAndDescribed() {
        finds(
                "\"name\": \"thing\"",
                "\"name\": \"sing\"",
                MAKE + "parameter `sing` is not in the path",
                MAKE + "parameter `thing` is not declared");
        finds("\"required\": true, ", "", MAKE + "parameter `thing` of the path is not required");
        finds("\"description\": \"q\", ", "", MAKE + "parameter `limit` has no description");
        finds(
                "\"description\": \"p\", \"schema\": {\"type\": \"string\"}",
                "\"description\": \"p\"",
                MAKE + "parameter `thing` has no schema");
        finds(
                "\"description\": \"p\", \"schema\": {\"type\": \"string\"}",
                "\"description\": \"p\", \"schema\": {\"$ref\": \"#/components/schemas/Form\"}",
                MAKE + "parameter `thing` is an object nobody can send");
        finds("\"example\": 5", "\"example\": 50", MAKE + "parameter `limit`: it is out of bounds");
        finds("\"example\": 5", "\"example\": \"5\"", MAKE + "parameter `limit`: it is no integer");
        finds(
                "{\"name\": \"limit\"",
                "{\"name\": \"limit\", \"in\": \"query\", \"description\": \"q\", \"schema\": {}}, {\"name\": \"limit\"",
                MAKE + "parameter `limit` is there twice");
    }

    @Test
    void wantsAnswersOfSuccessAndProblemsThatAreDescribed() {
        finds("\"204\"", "\"304\"", LOOK + "no answer of success");
        finds(
                "\"204\": {\"description\": \"Nothing\"}",
                "\"204\": {\"description\": \"Nothing\"}, \"2XX\": {\"description\": \"x\"}",
                LOOK + "answer 2XX is no status");
        finds("\"description\": \"Nothing\"", "\"x\": 1", LOOK + "answer 204 has no description");
        finds(
                "\"description\": \"Nothing\"}, ",
                "\"description\": \"Nothing\"}, \"404\": {\"description\": \"x\"}, ",
                LOOK + "answer 404 is no problem document");
        finds(
                "\"Nothing\"}, \"default\": {\"$ref\": \"#/components/responses/Refused\"}",
                "\"Nothing\"}",
                LOOK + "no problem response");
        finds(
                "\"description\": \"Nothing\"",
                "\"description\": \"Nothing\", \"content\": {\"text/plain\": {}}",
                LOOK + "answer 204 has no schema");
    }

    @Test
    void wantsExamplesThatAreWhatTheSchemasSay() {
        String example = MAKE + "body, example `one`: ";
        finds("\"kind\": \"a\", ", "", example + "kind is missing");
        finds("\"kind\": \"a\"", "\"kind\": \"c\"", example + "kind is none of the enum: \"c\"");
        finds("\"sizes\": [1]", "\"sizes\": [1, \"2\"]", example + "sizes[1] is no integer");
        finds("{\"x\": \"y\"}", "{\"x\": 1}", example + "more.x is no string");
        finds("\"kind\": \"a\", ", "\"kind\": \"a\", \"size\": 1, ", example + "size is unknown");
        finds("[\"a\", null]", "[\"a\", 1]", MAKE + "answer 200, its example: [1] is nothing of oneOf");
        finds("{\"code\": \"x\"}", "[]", "response Refused, its example: it is no object");
    }

    @Test
    void wantsSchemasThatHoldTogether() {
        finds(
                "\"required\": [\"kind\"]",
                "\"required\": [\"kind\", \"none\"]",
                MAKE + "body, example `one`: none is missing",
                "schema Form: requires `none`, which it does not have");
        finds("[\"a\", \"b\"]", "[\"a\", \"b\", \"a\"]", "schema Form, `kind`: `a` is in the enum twice");
        finds("\"items\": {\"type\": \"integer\"}, ", "", "schema Form, `sizes`: a list of nobody knows what");
        finds(", \"description\": \"s\"", "", "schema Form: `sizes` has no description");
        finds(", \"description\": \"c\"", "", "schema Told: `code` has no description");
        finds("\"description\": \"i\"", "\"description\": \" \"", "schema Told, `more`: `inner` has no description");
        finds("\"schemas\": {", "\"schemas\": {\"Odd\": {}, ", "nobody points to #/components/schemas/Odd");
        finds(
                "\"properties\": {",
                "\"properties\": {\"lost\": {\"$ref\": \"#/components/schemas/Lost\", \"description\": \"l\"},",
                "nothing at #/components/schemas/Lost");
    }

    /** The good document with one text in it replaced by another breaks exactly these rules. */
    private static void finds(String good, String bad, String... complaints) {
        assertThat(GOOD).contains(good);
        String document = GOOD.replace(good, bad);
        assertThat(OpenApiLint.complaints(JSON.readTree(document)))
                .as("`%s` instead of `%s`", bad, good)
                .containsExactlyInAnyOrderElementsOf(List.of(complaints));
    }
}
