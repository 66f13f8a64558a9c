package io.countersign.server.platform;

/**
 * A route that is answered before any filter, because its speed matters: the same authorizer, the same forms, the same
 * problems as on the long way, and nothing else in between.
 */
public interface ShortRoute {

    /** The path of the POST it answers: exact, or with one {@code {name}} in it that stands for an id. */
    String path();

    /** What a caller needs for it. */
    Permission permission();

    /** The answer to a call; anything thrown is told as a problem document. */
    Reply answer(ShortCall call);
}
