package io.countersign.server.gate;

import io.countersign.server.audit.Actor;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Origin;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.Reply;
import io.countersign.server.platform.ServerClock;
import io.countersign.server.platform.ShortRoute;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The doors on the short path, the same as {@link GateApi} offers on the long one. */
@Configuration(proxyBeanMethods = false)
class GateRoutes {

    /** How a door answers a body. */
    @FunctionalInterface
    private interface Door {
        Reply answer(Caller caller, Origin origin, String id, byte[] body);
    }

    private record Route(String path, Permission permission, Door door) implements ShortRoute {
        @Override
        public Reply answer(Caller caller, Origin origin, String id, byte[] body) {
            return door.answer(caller, origin, id, body);
        }
    }

    @Bean
    ShortRoute checkRoute(Doors doors, ServerClock clock, JsonMapper json) {
        return new Route(
                "/api/v1/checks",
                Permission.CHECK,
                (caller, _, _, body) ->
                        Reply.of(200, doors.check(caller, json.readValue(body, AskForm.class), clock.nearly())));
    }

    @Bean
    ShortRoute askRoute(Doors doors, JsonMapper json) {
        return new Route("/api/v1/asks", Permission.ASK, (caller, origin, _, body) -> {
            Doors.Asked asked = doors.ask(caller, Actor.of(caller, origin), json.readValue(body, AskForm.class));
            return Reply.of(asked.opened() ? 201 : 200, asked.answer());
        });
    }

    @Bean
    ShortRoute redeemRoute(Redemptions redemptions, JsonMapper json) {
        return new Route(
                "/api/v1/redemptions",
                Permission.REDEEM,
                (caller, origin, _, body) -> Reply.of(
                        200,
                        redemptions.redeem(caller, Actor.of(caller, origin), json.readValue(body, RedeemForm.class))));
    }

    @Bean
    ShortRoute outcomeRoute(Outcomes outcomes, JsonMapper json) {
        return new Route(GateApi.OUTCOME, Permission.REDEEM, (caller, origin, executionId, body) -> {
            outcomes.report(caller, Actor.of(caller, origin), executionId, json.readValue(body, OutcomeForm.class));
            return Reply.nothing();
        });
    }

    @Bean
    ShortRoute evaluationRoute(Authzen authzen, JsonMapper json) {
        return new Route(
                AuthzenApi.EVALUATION,
                Permission.EVALUATE,
                (caller, origin, _, body) ->
                        Reply.of(200, authzen.evaluate(caller, Actor.of(caller, origin), json.readTree(body))));
    }

    @Bean
    ShortRoute evaluationsRoute(Authzen authzen, JsonMapper json) {
        return new Route(
                AuthzenApi.EVALUATIONS,
                Permission.EVALUATE,
                (caller, origin, _, body) ->
                        Reply.of(200, authzen.evaluateAll(caller, Actor.of(caller, origin), json.readTree(body))));
    }
}
