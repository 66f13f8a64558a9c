package io.countersign.server.platform;

/** The page that a browser shows, whatever its address; an address that leads nowhere says so in it. */
public interface PageForBrowsers {

    /** One answer: the page in UTF-8, and the content policy that holds for it. */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way out; never compared
    record Rendered(byte[] html, String contentPolicy) {}

    /** The page with a nonce of its own. */
    Rendered render();
}
