package io.countersign.server.gate;

/** Something that somebody does to one request. */
sealed interface Deed {

    String who();

    record Approve(String who) implements Deed {}

    record Deny(String who) implements Deed {}

    record Withdraw(String who) implements Deed {}

    record Cancel(String who) implements Deed {}

    record Read(String who) implements Deed {}

    /** Reads it in the list. */
    record Find(String who) implements Deed {}

    record Redeem(String who, String executionId) implements Deed {}

    /** Tells that an execution went well. */
    record Report(String who, String executionId) implements Deed {}

    /** Takes its grant back. */
    record Revoke(String who) implements Deed {}
}
