package io.countersign.server.signing;

import io.countersign.server.directory.Directory;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.PublicAddress;
import org.springframework.stereotype.Component;

/**
 * The names under which organizations sign, which are addresses: verifiers find the keys beneath them. The first
 * organization of a server has the server's own address, each further one its own path, so that no name ever changes.
 */
@Component
public class Issuers {

    /** Where the keys of an organization are, beneath its issuer. */
    static final String KEYS = "/.well-known/jwks.json";

    private final Directory directory;
    private final PublicAddress address;

    Issuers(Directory directory, PublicAddress address) {
        this.directory = directory;
        this.address = address;
    }

    /** The {@code iss} of everything the organization signs, without a slash at the end. */
    public String of(String organizationId) {
        boolean first =
                directory.firstOrganization().filter(organizationId::equals).isPresent();
        return first
                ? address.url()
                : address.url() + "/organizations/"
                        + directory.fresh(organizationId).settings().handle();
    }

    /** The organization whose issuer is the server's address itself; 404 on a server without any. */
    String first() {
        return directory.firstOrganization().orElseThrow(() -> ProblemException.notFound("organization", "main"));
    }

    /** The organization with this handle; 404 when there is none. */
    String named(String handle) {
        return directory.organizationNamed(handle).orElseThrow(() -> ProblemException.notFound("organization", handle));
    }
}
