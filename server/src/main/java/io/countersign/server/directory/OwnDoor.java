package io.countersign.server.directory;

import io.countersign.core.action.ResourceLevel;
import io.countersign.server.platform.OwnCall;
import io.countersign.server.platform.Reply;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What stands before the things that Countersign does itself: they are gated by the same rules as everything else. The gate
 * stands behind it; a route that changes what rules protect goes through it, and through nothing else.
 */
public interface OwnDoor {

    /**
     * One thing an act would do, as rules see it.
     *
     * @param action id of the action type
     * @param resourceId id of what it is done to
     */
    record Aim(String action, ResourceLevel level, String resourceId) {

        /** An act on the organization as a whole. */
        public static Aim onOrganization(String action, DirectoryImage image) {
            return new Aim(action, ResourceLevel.ORGANIZATION, image.organizationId());
        }
    }

    /**
     * Does the act now where every aim is permitted, in one transaction with the use of the grants and their outcome; else
     * opens the requests that stand for it and answers 202. The act happens when its requester sends the same call again after
     * approval. What the act itself would refuse is refused at once, and nobody is asked to approve it.
     *
     * @param aims what the act would do, by the directory as it is in that transaction
     * @param act makes the change in the present transaction; it may be run once for a trial that is undone
     */
    Reply pass(OwnCall call, Function<DirectoryImage, List<Aim>> aims, Supplier<Reply> act);
}
