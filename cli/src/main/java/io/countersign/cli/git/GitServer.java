package io.countersign.cli.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.countersign.cli.git.GitLogins.Login;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Serves one bare repository over git's smart HTTP protocol to those who have a Countersign login, several at once. There
 * is nothing else behind it: any other path is not found.
 */
public final class GitServer implements AutoCloseable {

    private static final int AT_ONCE = 32;
    private static final String UPLOAD = "git-upload-pack";
    private static final String RECEIVE = "git-receive-pack";

    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("git-call-", 0).factory());
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final GitBackend backend;
    private final GitLogins logins;
    private final String root;
    private final Runnable afterPush;
    private final Consumer<String> log;

    private GitServer(
            HttpServer http,
            GitBackend backend,
            GitLogins logins,
            String root,
            Runnable afterPush,
            Consumer<String> log) {
        this.http = http;
        this.backend = backend;
        this.logins = logins;
        this.root = root;
        this.afterPush = afterPush;
        this.log = log;
    }

    /** Serves the repository of these settings at the address; the log gets one line for each call. */
    static GitServer start(HookRun run, InetSocketAddress address, Consumer<String> log) throws IOException {
        Path repository = run.repository();
        String path = run.invocation().surroundings().variable("PATH");
        HttpServer http = HttpServer.create(address, 0);
        GitServer server = new GitServer(
                http,
                new GitBackend(repository, path),
                new GitLogins(run.settings(), run.invocation().surroundings().clock()),
                "/" + name(repository),
                () -> new PostReceive(run).settleEnded(),
                log);
        http.createContext("/", server::handle);
        http.setExecutor(server.threads);
        http.start();
        return server;
    }

    private static String name(Path repository) {
        String name = String.valueOf(repository.getFileName());
        return name.endsWith(".git") ? name : name + ".git";
    }

    /** What to clone from and push to. */
    public URI address() {
        InetSocketAddress bound = http.getAddress();
        String host = bound.getAddress().isAnyLocalAddress()
                ? "localhost"
                : bound.getAddress().getHostAddress();
        String inUrl = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + inUrl + ":" + bound.getPort() + root);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!room.tryAcquire()) {
                refuse(exchange, 503, "too many at once; try again in a moment");
                return;
            }
            try {
                routed(exchange);
            } finally {
                room.release();
            }
        }
    }

    private void routed(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        String query =
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        if (!path.startsWith(root + "/") || !known(exchange.getRequestMethod(), path.substring(root.length()), query)) {
            refuse(exchange, 404, "there is only one repository here: " + root);
            return;
        }
        switch (login(exchange)) {
            case Login.Known known -> serve(exchange, path.substring(root.length()), query, known.handle());
            case Login.Unknown unknown -> {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"Countersign\", charset=\"UTF-8\"");
                refuse(exchange, 401, "sign in with your Countersign handle and password, or a token as the password");
            }
            case Login.Unclear unclear -> refuse(exchange, 503, "nobody can be let in now: " + unclear.words());
        }
    }

    private static boolean known(String method, String path, String query) {
        return switch (method) {
            case "GET" ->
                path.equals("/info/refs") && (query.equals("service=" + UPLOAD) || query.equals("service=" + RECEIVE));
            case "POST" -> query.isEmpty() && (path.equals("/" + UPLOAD) || path.equals("/" + RECEIVE));
            default -> false;
        };
    }

    private Login login(HttpExchange exchange) {
        String header = header(exchange, "Authorization");
        if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return new Login.Unknown();
        }
        try {
            String pair =
                    new String(Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 1 ? new Login.Unknown() : logins.who(pair.substring(0, colon), pair.substring(colon + 1));
        } catch (IllegalArgumentException noBase64) {
            return new Login.Unknown();
        }
    }

    private void serve(HttpExchange exchange, String path, String query, String user) throws IOException {
        GitBackend.Request request = new GitBackend.Request(
                exchange.getRequestMethod(),
                path,
                query,
                user,
                exchange.getRemoteAddress().getAddress().getHostAddress(),
                header(exchange, "Content-Type"),
                header(exchange, "Content-Length"),
                header(exchange, "Content-Encoding"),
                header(exchange, "Git-Protocol"),
                exchange.getRequestBody());
        boolean push = path.equals("/" + RECEIVE);
        try {
            String words = backend.serve(request, (status, headers) -> begin(exchange, status, headers));
            log.accept((push ? "push" : "read") + " by @" + user + (words.isEmpty() ? "" : ": " + words));
        } catch (IOException gone) {
            log.accept((push ? "push" : "read") + " by @" + user + " broke off: " + gone.getMessage());
            throw gone;
        } finally {
            if (push) {
                settle();
            }
        }
    }

    private static OutputStream begin(HttpExchange exchange, int status, Map<String, String> headers)
            throws IOException {
        headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.sendResponseHeaders(status, 0);
        return exchange.getResponseBody();
    }

    /** What git refused after the gate permitted it is told as soon as the push is over. */
    private void settle() {
        try {
            afterPush.run();
        } catch (RuntimeException later) {
            log.accept("an outcome is still owed: " + later.getMessage());
        }
    }

    private static String header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }

    private static void refuse(HttpExchange exchange, int status, String words) throws IOException {
        byte[] body = (words + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /** Stops listening; pushes that are under way have a few seconds to end. */
    @Override
    public void close() {
        http.stop(5);
        threads.shutdownNow();
    }
}
