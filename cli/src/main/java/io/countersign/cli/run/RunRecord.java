package io.countersign.cli.run;

import io.countersign.client.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far a run is, written to disk before each step, so that no crash makes it run twice.
 *
 * @param server where it was asked
 * @param number its request, or empty where none was needed
 * @param question what was asked: action, resource and subject
 * @param executionId drawn before the grant is redeemed, empty until then
 * @param started when the command was started, empty until then
 */
record RunRecord(String server, String number, String digest, ObjectNode question, String executionId, String started) {

    static final String NAME = "run.json";

    RunRecord asked(String request) {
        return new RunRecord(server, request, digest, question, executionId, started);
    }

    RunRecord redeeming(String id) {
        return new RunRecord(server, number, digest, question, id, started);
    }

    RunRecord startedAt(String moment) {
        return new RunRecord(server, number, digest, question, executionId, moment);
    }

    static RunRecord read(Path folder) {
        try {
            JsonNode json = Json.parse(Files.readAllBytes(folder.resolve(NAME)));
            ObjectNode question = json.path("question") instanceof ObjectNode object ? object : Json.object();
            return new RunRecord(
                    Json.text(json, "server"),
                    Json.text(json, "number"),
                    Json.text(json, "digest"),
                    question,
                    Json.text(json, "executionId"),
                    Json.text(json, "started"));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        } catch (JacksonException broken) {
            throw new IllegalStateException("`" + folder.resolve(NAME) + "` is not what this program wrote", broken);
        }
    }

    /** Writes it so that it is on the disk when this returns. */
    RunRecord write(Path folder) {
        ObjectNode json = Json.object()
                .put("server", server)
                .put("number", number)
                .put("digest", digest)
                .put("executionId", executionId)
                .put("started", started);
        json.set("question", question);
        try {
            Path fresh = Files.createTempFile(
                    folder.toAbsolutePath().getParent(),
                    "run",
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                out.write(ByteBuffer.wrap(Json.bytes(json)));
                out.force(true);
            }
            Files.move(
                    fresh, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return this;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
