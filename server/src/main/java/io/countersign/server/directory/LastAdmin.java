package io.countersign.server.directory;

import io.countersign.server.platform.Problem;
import org.springframework.stereotype.Component;

/** Keeps an organization from locking itself out; the epoch's lock makes the count hold. */
@Component
class LastAdmin {

    private final MembershipStore memberships;
    private final PersonStore people;

    LastAdmin(MembershipStore memberships, PersonStore people) {
        this.memberships = memberships;
        this.people = people;
    }

    /** Refuses with 409 {@code last-admin} when without this person no active one would be an administrator. */
    void demandAnother(String orgId, String personId) {
        boolean admin = people.find(orgId, personId)
                .filter(person -> person.active() && person.roles().contains(Rights.ADMIN))
                .isPresent();
        if (admin && memberships.activePeopleWith(orgId, Rights.ADMIN, personId) == 0) {
            throw Problem.of(409, "last-admin", "this is the last active administrator")
                    .remedy("make somebody else an administrator first")
                    .raise();
        }
    }
}
