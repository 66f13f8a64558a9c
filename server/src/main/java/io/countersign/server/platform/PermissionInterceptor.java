package io.countersign.server.platform;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets a call into its route only with the permission that the route declares. */
final class PermissionInterceptor implements HandlerInterceptor {

    private final Authenticator authenticator;

    PermissionInterceptor(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() == DispatcherType.REQUEST && handler instanceof HandlerMethod method) {
            Routes.permission(method).ifPresent(this::demand);
        }
        return true;
    }

    private void demand(Permission permission) {
        if (permission == Permission.PUBLIC) {
            return;
        }
        Optional<Caller> caller = CredentialFilter.caller();
        if (caller.isEmpty()) {
            throw Problem.of(401, "sign-in-required", "this needs a credential")
                    .remedy("sign in, or send `Authorization: Bearer` with a token")
                    .raise();
        }
        authenticator.demand(caller.get(), permission);
    }
}
