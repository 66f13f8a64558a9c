package io.countersign.server.platform;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;

/** Tells a refused start as the one sentence it is. */
final class StartReporter implements SpringBootExceptionReporter {

    /** Spring Boot makes one of these and hands over the context that failed, if there is one. */
    StartReporter(@Nullable ConfigurableApplicationContext context) {}

    @Override
    public boolean reportException(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartRefused) {
                System.err.println("countersign: " + cause.getMessage());
                return true;
            }
        }
        return false;
    }
}
