package io.countersign.server.policy;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was found.
 *
 * @param thing what it is about
 * @param because a second thing that belongs to it, such as the person of a single point of failure, or none
 * @param sentence what is wrong
 */
record FoundWeakness(
        FindingCode code, Thing thing, @Nullable Thing because, String sentence) {

    /** By severity, then by code, then by name: the same findings always come in the same order. */
    static final Comparator<FoundWeakness> ORDER = Comparator.comparing(FoundWeakness::place);

    /** Something with the path where the API shows it. */
    record Thing(String kind, String id, String name, String link) {

        static Thing environment(String id, String name) {
            return new Thing("environment", id, name, "/api/v1/environments/" + id);
        }

        static Thing template(String id, String name) {
            return new Thing("template", id, name, "/api/v1/templates/" + id);
        }

        static Thing binding(String id, String templateId, String name) {
            return new Thing("binding", id, name, "/api/v1/bindings?template=" + templateId);
        }

        static Thing person(String id, String name) {
            return new Thing("person", id, name, "/api/v1/people/" + id);
        }

        static Thing account(String id, String name) {
            return new Thing("account", id, name, "/api/v1/accounts/" + id);
        }

        static Thing action(String id, String name) {
            return new Thing("action", id, name, "/api/v1/actions");
        }

        static Thing team(String id, String name) {
            return new Thing("team", id, name, "/api/v1/teams/" + id);
        }
    }

    /** Its place in the order as one text, which no other finding has. */
    String place() {
        return String.join(
                "\n",
                code.severity().rank(),
                code.word(),
                thing.name(),
                thing.id(),
                because == null ? "" : because.id());
    }
}
