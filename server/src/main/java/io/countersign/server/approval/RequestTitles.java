package io.countersign.server.approval;

import io.countersign.core.action.Ask;
import io.countersign.server.directory.Directory;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.directory.Release;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Names what an ask is about when its request is opened. */
@Component
public class RequestTitles {

    private final Directory directory;

    RequestTitles(Directory directory) {
        this.directory = directory;
    }

    /** The title of a request that is about to be opened. */
    public RequestTitle of(Ask ask, DirectoryImage image) {
        @Nullable String id = ask.resource().releaseId();
        @Nullable
        String release = id == null
                ? null
                : directory.release(ask.organizationId(), id).map(Release::name).orElse(null);
        return RequestTitle.of(ask, image, release);
    }
}
