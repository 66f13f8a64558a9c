package io.countersign.core.breakglass;

import io.countersign.core.approval.Bypass;

/** What a session says to an ask that names it. */
public sealed interface Passage {

    /** It lets it pass whatever approval is missing, and nothing else. */
    record Lets(Bypass bypass) implements Passage {}

    /** It does not. */
    record Refuses(Why why) implements Passage {}

    /** Why a session does not let an ask pass. */
    enum Why {
        NOT_YOURS,
        AGENT,
        NOT_ACTIVE,
        OUT_OF_SCOPE
    }
}
