package io.countersign.server.platform;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.format.FormatterRegistry;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** Puts the way of an HTTP call together: its id, its size, its caller, its permission, and how errors are told. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {

    private static final String CONTENT_POLICY =
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    @Bean
    JsonMapper jsonMapper() {
        return StrictJson.mapper();
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimit(ServerSettings settings) {
        FilterRegistrationBean<BodyLimitFilter> filter = new FilterRegistrationBean<>(
                new BodyLimitFilter(settings.bodyLimit().toBytes()));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 100);
        return filter;
    }

    @Bean
    SecurityFilterChain security(
            HttpSecurity http, ObjectProvider<Authenticator> authenticator, RefusalReport refusals) {
        return http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // The session cookie has a token of its own, which CredentialFilter demands.
                .csrf(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
                // Every route is let through to PermissionInterceptor, which knows what it demands.
                .authorizeHttpRequests(all -> all.anyRequest().permitAll())
                .exceptionHandling(errors -> errors.authenticationEntryPoint((request, response, failure) ->
                                ProblemWriter.write(request, response, ProblemReportValve.ofStatus(401)))
                        .accessDeniedHandler((request, response, failure) ->
                                ProblemWriter.write(request, response, ProblemReportValve.ofStatus(403))))
                .addFilterBefore(
                        new CredentialFilter(new PresentAuthenticator(authenticator), refusals),
                        AuthorizationFilter.class)
                .build();
    }

    @Bean
    RequestRejectedHandler rejectedRequests() {
        return (request, response, rejected) ->
                ProblemWriter.write(request, response, ProblemReportValve.ofStatus(400));
    }

    @Bean
    WebMvcConfigurer calls(ObjectProvider<Authenticator> authenticator, CallTimes times) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(times);
                registry.addInterceptor(new PermissionInterceptor(new PresentAuthenticator(authenticator)));
            }

            @Override
            public void addFormatters(FormatterRegistry registry) {
                registry.addConverter(String.class, Instant.class, UsualInstant::read);
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallArguments());
            }
        };
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcat(
            ServerSettings settings,
            ObjectProvider<ShortRoute> routes,
            ShortCalls calls,
            ObjectProvider<Authenticator> authenticator,
            RefusalReport refusals,
            JsonMapper json,
            PrometheusMeterRegistry registry) {
        return factory -> {
            int bodyLimit = Math.toIntExact(settings.bodyLimit().toBytes());
            ForwardedAddresses.valve(settings.trustedProxies()).ifPresent(factory::addEngineValves);
            factory.addEngineValves(
                    new CallIdValve(),
                    new ClearCallValve(),
                    new ShortPathValve(
                            routes.stream().toList(),
                            calls,
                            new PresentAuthenticator(authenticator),
                            refusals,
                            json,
                            bodyLimit,
                            registry));
            factory.addContextCustomizers(
                    context -> context.getParent().getPipeline().addValve(new ProblemReportValve()));
            factory.addConnectorCustomizers(connector -> {
                connector.setProperty(
                        "maxSwallowSize", Long.toString(2 * settings.bodyLimit().toBytes()));
                // An enforcement point keeps its connection: closing it after every 100 calls would only cost both.
                connector.setProperty("maxKeepAliveRequests", "-1");
            });
        };
    }
}
