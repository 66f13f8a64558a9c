package io.countersign.server.audit;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.AsyncHandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Notes whether the head of a stream's answer had left when its call went on to another thread. */
@Component
@ConditionalOnProperty("audit.trial")
final class StreamWitness implements WebMvcConfigurer, AsyncHandlerInterceptor {

    private final List<Boolean> left = new CopyOnWriteArrayList<>();

    /** One for each call so far. */
    List<Boolean> left() {
        return left;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/v1/events");
    }

    @Override
    public void afterConcurrentHandlingStarted(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        left.add(response.isCommitted());
    }
}
