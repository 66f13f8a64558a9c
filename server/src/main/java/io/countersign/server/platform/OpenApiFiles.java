package io.countersign.server.platform;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.core.util.Json31;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** What is published in the OpenAPI document and kept in files beside the classes; read when the document is asked for. */
final class OpenApiFiles {

    private static final String FOLDER = "/openapi/";

    private OpenApiFiles() {}

    /** The content of a file that is there. */
    static JsonNode read(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("there is no " + FOLDER + name));
    }

    static Optional<JsonNode> find(String name) {
        try (InputStream in = OpenApiFiles.class.getResourceAsStream(FOLDER + name)) {
            return in == null ? Optional.empty() : Optional.of(Json31.mapper().readTree(in));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static JsonNode read(byte[] json) {
        try {
            return Json31.mapper().readTree(json);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
