package io.countersign.server.platform;

import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Response;

/** A header of many answers, given to Tomcat as bytes: a text it would encode in its own, slower way. */
final class SentHeader {

    private final byte[] name;

    SentHeader(String name) {
        this.name = bytes(name);
    }

    /** Puts it on an answer that does not have it yet; its value is of visible ASCII. */
    void on(Response response, String value) {
        byte[] sent = bytes(value);
        response.getCoyoteResponse()
                .getMimeHeaders()
                .addValue(name, 0, name.length)
                .setBytes(sent, 0, sent.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
