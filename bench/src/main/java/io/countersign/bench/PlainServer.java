package io.countersign.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;

/**
 * The least a call costs on this machine: the server's own Tomcat as a process of its own, with one valve that reads the body
 * and answers the same bytes every time.
 */
final class PlainServer implements AutoCloseable {

    private static final String ANSWER = """
            {"outcome":"permit","basis":"not-gated","payloadDigest":"sha256:%s","rulesEpoch":1,"at":"2026-03-02T10:00:00Z"}""".formatted("0".repeat(64));
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final int port;

    private PlainServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    int port() {
        return port;
    }

    /** Starts it with the memory and the collector of the server, and waits until it answers. */
    static PlainServer start() throws IOException {
        int port = ServerProcess.freePort();
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:+UseG1GC",
                        "-XX:+UseCompactObjectHeaders",
                        "-Xms64m",
                        "-Xmx768m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PlainServer.class.getName(),
                        Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        PlainServer server = new PlainServer(process, port);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!server.answers()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("the plain server did not start");
            }
            ServerProcess.pause();
        }
        return server;
    }

    private boolean answers() {
        try {
            HttpURLConnection call = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + "/").toURL().openConnection();
            return call.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** The process itself; its one argument is its port. */
    public static void main(String[] arguments) throws IOException, LifecycleException {
        Tomcat tomcat = new Tomcat();
        Path folder = Files.createTempDirectory("countersign-plain");
        folder.toFile().deleteOnExit();
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(Integer.parseInt(arguments[0]));
        tomcat.getConnector().getProtocolHandler().setExecutor(new VirtualThreadExecutor("plain-"));
        tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
        tomcat.getEngine().getPipeline().addValve(new SameAnswer());
        tomcat.start();
        tomcat.getServer().await();
    }

    private static final class SameAnswer extends ValveBase {

        private final byte[] answer = ANSWER.getBytes(StandardCharsets.UTF_8);

        SameAnswer() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException {
            request.getInputStream().readAllBytes();
            response.setContentType("application/json");
            response.setContentLength(answer.length);
            response.getOutputStream().write(answer);
        }
    }
}
