package io.countersign.cli.git;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Git's own program for serving over HTTP, run once for each call with an environment made from nothing: the repository's
 * own configuration holds, but for what guards it, which is set here and cannot be set otherwise.
 */
final class GitBackend {

    private static final int LONGEST_HEADER = 8_192;

    private final Path repository;
    private final Map<String, String> always;

    GitBackend(Path repository, String path) {
        this.repository = repository;
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", path);
        environment.put("LC_ALL", "C");
        environment.put("GIT_PROJECT_ROOT", repository.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.putAll(overrides(repository));
        this.always = Map.copyOf(environment);
    }

    private static Map<String, String> overrides(Path repository) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("core.hooksPath", repository.resolve("hooks").toString());
        settings.put("core.logAllRefUpdates", "true");
        settings.put("http.receivepack", "true");
        settings.put("http.uploadpack", "true");
        settings.put("http.getanyfile", "false");
        settings.put("receive.advertisePushOptions", "true");
        settings.put("receive.fsckObjects", "true");
        settings.put("receive.shallowUpdate", "false");
        settings.put("receive.autogc", "false");
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("GIT_CONFIG_COUNT", Integer.toString(settings.size()));
        int at = 0;
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            variables.put("GIT_CONFIG_KEY_" + at, setting.getKey());
            variables.put("GIT_CONFIG_VALUE_" + at, setting.getValue());
            at++;
        }
        return variables;
    }

    /**
     * One call as the Common Gateway Interface (RFC 3875) has it.
     *
     * @param path below the repository, such as {@code /info/refs}
     * @param length how long the body is as the client says; empty where it does not
     */
    record Request(
            String method,
            String path,
            String query,
            String user,
            String address,
            String contentType,
            String length,
            String contentEncoding,
            String protocol,
            InputStream body) {}

    /** Where the answer goes. */
    interface Reply {

        /** The status and the headers are known; what is written to the stream is the body. */
        OutputStream begin(int status, Map<String, String> headers) throws IOException;
    }

    /** Lets git answer; what git says to its operator is answered. */
    String serve(Request request, Reply reply) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("git", "http-backend").directory(repository.toFile());
        builder.environment().clear();
        builder.environment().putAll(always);
        builder.environment().putAll(variables(request));
        Process git = builder.start();
        try {
            List<Thread> threads = new ArrayList<>();
            ByteArrayOutputStream words = new ByteArrayOutputStream();
            threads.add(Thread.ofPlatform().daemon().start(() -> feed(request.body(), git.getOutputStream())));
            threads.add(Thread.ofPlatform().daemon().start(() -> drain(git.getErrorStream(), words)));
            try (InputStream out = new BufferedInputStream(git.getInputStream())) {
                Map<String, String> headers = headers(out);
                String status = headers.getOrDefault("status", "200");
                headers.remove("status");
                try (OutputStream body = reply.begin(Integer.parseInt(status.substring(0, 3)), headers)) {
                    out.transferTo(body);
                }
            }
            git.waitFor();
            threads.getLast().join();
            return words.toString(StandardCharsets.UTF_8).strip();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stop);
        } finally {
            // A client that went away takes its git with it; whatever was received is thrown away by git.
            git.destroy();
        }
    }

    private static Map<String, String> variables(Request request) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("REQUEST_METHOD", request.method());
        variables.put("PATH_INFO", request.path());
        variables.put("QUERY_STRING", request.query());
        variables.put("REMOTE_USER", request.user());
        variables.put("REMOTE_ADDR", request.address());
        variables.put("CONTENT_TYPE", request.contentType());
        variables.put("CONTENT_LENGTH", request.length());
        variables.put("HTTP_CONTENT_ENCODING", request.contentEncoding());
        variables.put("GIT_PROTOCOL", request.protocol());
        variables.values().removeIf(String::isEmpty);
        return variables;
    }

    private static void feed(InputStream body, OutputStream git) {
        try (git) {
            body.transferTo(git);
        } catch (IOException gone) {
            // Git has heard enough, or the client went away; either shows in how git ends.
            return;
        }
    }

    private static void drain(InputStream err, ByteArrayOutputStream words) {
        try (err) {
            words.writeBytes(err.readNBytes(LONGEST_HEADER));
            err.transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            return;
        }
    }

    private static Map<String, String> headers(InputStream out) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(out); !line.isEmpty(); line = line(out)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        if (headers.isEmpty()) {
            throw new IOException("git answered nothing");
        }
        return headers;
    }

    private static String line(InputStream out) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int read = out.read(); read >= 0 && read != '\n'; read = out.read()) {
            line.write(read);
            if (line.size() > LONGEST_HEADER) {
                throw new IOException("git's answer is none");
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1).replace("\r", "");
    }
}
