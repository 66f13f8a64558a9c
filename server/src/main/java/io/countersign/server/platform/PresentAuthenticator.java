package io.countersign.server.platform;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The directory's, looked up by the first call that needs it and kept, because looking it up costs more than asking it. Without
 * one, nobody is known.
 */
final class PresentAuthenticator implements Authenticator {

    private final ObjectProvider<Authenticator> provider;
    private volatile @Nullable Authenticator found;

    PresentAuthenticator(ObjectProvider<Authenticator> provider) {
        this.provider = provider;
    }

    private Optional<Authenticator> present() {
        Authenticator known = found;
        if (known == null) {
            known = provider.getIfAvailable();
            found = known;
        }
        return Optional.ofNullable(known);
    }

    @Override
    public Optional<Caller> authenticate(String secret) {
        return present().flatMap(authenticator -> authenticator.authenticate(secret));
    }

    @Override
    public boolean allows(Caller caller, Permission permission) {
        return present()
                .filter(authenticator -> authenticator.allows(caller, permission))
                .isPresent();
    }

    @Override
    public boolean stands(Caller caller) {
        return present().filter(authenticator -> authenticator.stands(caller)).isPresent();
    }
}
