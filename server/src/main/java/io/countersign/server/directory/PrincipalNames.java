package io.countersign.server.directory;

import io.countersign.server.audit.Names;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Tells the rooms below what principals are called. */
@Component
class PrincipalNames implements Names {

    private final Directory directory;

    PrincipalNames(Directory directory) {
        this.directory = directory;
    }

    @Override
    public Optional<String> idOf(String organizationId, String atHandle) {
        return directory.fresh(organizationId).principal(atHandle).map(Principal::id);
    }

    @Override
    public Optional<String> handleOf(String organizationId, String principalId) {
        return directory.fresh(organizationId).principal(principalId).map(Principal::handle);
    }
}
