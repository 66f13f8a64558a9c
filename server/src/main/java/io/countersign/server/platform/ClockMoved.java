package io.countersign.server.platform;

import java.time.Instant;

/** News: somebody moved the simulated clock forward; published inside the transaction that moves it. */
public record ClockMoved(Caller caller, Origin origin, Instant from, Instant to) {}
