package io.countersign.server.platform;

/** Whoever keeps account of calls that were refused because their caller may not. */
@FunctionalInterface
public interface RefusedCalls {

    /**
     * A caller was told 403. It must not fail, and the answer waits for it.
     *
     * @param method of the call, such as {@code POST}
     * @param path of the call, without its query
     */
    void refused(Caller caller, Origin origin, String method, String path, Problem problem);
}
