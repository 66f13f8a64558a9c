package io.countersign.server.directory;

import io.countersign.server.directory.NameStore.NameRow;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What ids stand for, for those who show them to people. */
@RestController
@Tag(name = "Directory")
final class NamesApi {

    private static final int MOST = 200;

    private final NameStore store;

    NamesApi(NameStore store) {
        this.store = store;
    }

    /** The names that were found. */
    record NameList(List<NameRow> items) {}

    @GetMapping("/api/v1/names")
    @Requires(Permission.DIRECTORY_READ)
    @Operation(
            operationId = "listNames",
            summary = "What ids stand for: people, accounts, teams, projects, environments, clusters, releases",
            description = "`id` is repeated, up to 200 times. What was removed is named too, and marked `gone`; an id"
                    + " that nothing ever had is left out.")
    NameList names(Caller caller, @RequestParam List<String> id) {
        if (id.size() > MOST) {
            throw ProblemException.badField("too-many", "id", "at most 200 ids are named at a time");
        }
        return new NameList(store.find(caller.organizationId(), id));
    }
}
