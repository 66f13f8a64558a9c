package io.countersign.server.notify;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * An SMTP server on loopback that speaks TLS with a certificate of its own making: after STARTTLS, or from the first byte.
 * It takes everything and remembers how it came.
 */
final class SmtpCounterpart implements AutoCloseable {

    private static final String PASSWORD = "changeit";

    /** A mail as it came in: whether the connection was encrypted, who had signed in, and the text. */
    record Taken(boolean encrypted, String signedIn, String to, String text) {}

    private final ServerSocket listening;
    private final SSLContext tls;
    private final boolean atOnce;
    private final List<Taken> taken = new CopyOnWriteArrayList<>();
    private final List<String> inTheOpen = new CopyOnWriteArrayList<>();

    /**
     * Begins to listen.
     *
     * @param name what the certificate is for, such as {@code ip:127.0.0.1}
     * @param atOnce whether TLS begins with the first byte
     */
    SmtpCounterpart(Path folder, String name, boolean atOnce) {
        this.atOnce = atOnce;
        try {
            tls = context(folder, name);
            listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException | GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
        Thread.startVirtualThread(this::listen);
    }

    int port() {
        return listening.getLocalPort();
    }

    List<Taken> taken() {
        return taken;
    }

    /** Every line that came before TLS did. */
    List<String> inTheOpen() {
        return inTheOpen;
    }

    /** The PEM file of the certificate that it shows. */
    static Path certificate(Path folder) {
        return folder.resolve("smtp.pem");
    }

    private static SSLContext context(Path folder, String name) throws IOException, GeneralSecurityException {
        Path store = folder.resolve("smtp.p12");
        keytool(
                "-genkeypair",
                "-alias",
                "smtp",
                "-keyalg",
                "EC",
                "-dname",
                "CN=smtp",
                "-ext",
                "san=" + name,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "smtp",
                "-file",
                certificate(folder).toString(),
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("keytool failed: " + said);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private void listen() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                Thread.startVirtualThread(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Conversation talk = new Conversation(atOnce ? encrypted(socket) : socket, atOnce);
            talk.say("220 counterpart ready");
            talk.hold();
        } catch (IOException hungUp) {
            // Who trusts the certificate not hangs up in the middle; the test sees that nothing was taken.
        }
    }

    private SSLSocket encrypted(Socket socket) throws IOException {
        SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
        secure.setUseClientMode(false);
        secure.startHandshake();
        return secure;
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** One connection. */
    private final class Conversation {

        private Socket socket;
        private boolean secure;
        private String signedIn = "";
        private String to = "";

        Conversation(Socket socket, boolean secure) {
            this.socket = socket;
            this.secure = secure;
        }

        void hold() throws IOException {
            for (String line = line(); line != null; line = line()) {
                switch (line.split(" ", 2)[0].toUpperCase(Locale.ROOT)) {
                    case "EHLO" ->
                        say(secure ? "250-counterpart\r\n250 AUTH PLAIN" : "250-counterpart\r\n250 STARTTLS");
                    case "STARTTLS" -> {
                        say("220 go ahead");
                        socket = encrypted(socket);
                        secure = true;
                    }
                    case "AUTH" -> {
                        signedIn =
                                new String(Base64.getDecoder().decode(line.split(" ", 3)[2]), StandardCharsets.UTF_8);
                        say("235 welcome");
                    }
                    case "RCPT" -> {
                        to = line;
                        say("250 fine");
                    }
                    case "DATA" -> {
                        say("354 go on");
                        taken.add(new Taken(secure, signedIn, to, text()));
                        say("250 taken");
                    }
                    case "QUIT" -> {
                        say("221 bye");
                        return;
                    }
                    default -> say("250 fine");
                }
            }
        }

        private String text() throws IOException {
            StringBuilder text = new StringBuilder();
            for (String line = line(); line != null && !line.equals("."); line = line()) {
                text.append(line).append('\n');
            }
            return text.toString();
        }

        /** Byte by byte: nothing of what comes after STARTTLS may be read before it. */
        private @Nullable String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int letter = socket.getInputStream().read();
                    letter >= 0;
                    letter = socket.getInputStream().read()) {
                if (letter == '\n') {
                    String whole = line.toString().strip();
                    if (!secure) {
                        inTheOpen.add(whole);
                    }
                    return whole;
                }
                line.append((char) letter);
            }
            return null;
        }

        void say(String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        }
    }
}
