package io.countersign.server.gate;

import io.countersign.server.audit.Actor;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.Reply;
import io.countersign.server.platform.ServerClock;
import io.countersign.server.platform.ShortCall;
import io.countersign.server.platform.ShortRoute;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** The doors on the short path, the same as {@link GateApi} offers on the long one. */
@Configuration(proxyBeanMethods = false)
class GateRoutes {

    private record Route(String path, Permission permission, Function<ShortCall, Reply> door) implements ShortRoute {
        @Override
        public Reply answer(ShortCall call) {
            return door.apply(call);
        }
    }

    @Bean
    ShortRoute checkRoute(Doors doors, ServerClock clock, JsonMapper json) {
        ObjectReader form = json.readerFor(AskForm.class);
        return new Route(
                "/api/v1/checks",
                Permission.CHECK,
                call -> Reply.of(200, doors.check(call.caller(), call.read(form, AskForm.class), clock.nearly())));
    }

    @Bean
    ShortRoute askRoute(Doors doors, JsonMapper json) {
        ObjectReader form = json.readerFor(AskForm.class);
        return new Route("/api/v1/asks", Permission.ASK, call -> {
            Doors.Asked asked = doors.ask(
                    call.caller(),
                    actor(call),
                    call.read(form, AskForm.class),
                    call.key().get().orElse(null));
            return Reply.of(asked.opened() ? 201 : 200, asked.answer());
        });
    }

    @Bean
    ShortRoute redeemRoute(Redemptions redemptions, JsonMapper json) {
        ObjectReader form = json.readerFor(RedeemForm.class);
        return new Route(
                "/api/v1/redemptions",
                Permission.REDEEM,
                call -> Reply.of(
                        200, redemptions.redeem(call.caller(), actor(call), call.read(form, RedeemForm.class))));
    }

    @Bean
    ShortRoute outcomeRoute(Outcomes outcomes, JsonMapper json) {
        ObjectReader form = json.readerFor(OutcomeForm.class);
        return new Route(GateApi.OUTCOME, Permission.REDEEM, call -> {
            outcomes.report(call.caller(), actor(call), call.id(), call.read(form, OutcomeForm.class));
            return Reply.nothing();
        });
    }

    @Bean
    ShortRoute evaluationRoute(Authzen authzen, JsonMapper json) {
        return new Route(
                AuthzenApi.EVALUATION,
                Permission.EVALUATE,
                call -> Reply.of(200, authzen.evaluate(call.caller(), actor(call), json.readTree(call.body()))));
    }

    @Bean
    ShortRoute evaluationsRoute(Authzen authzen, JsonMapper json) {
        return new Route(
                AuthzenApi.EVALUATIONS,
                Permission.EVALUATE,
                call -> Reply.of(200, authzen.evaluateAll(call.caller(), actor(call), json.readTree(call.body()))));
    }

    private static Actor actor(ShortCall call) {
        return Actor.of(call.caller(), call.origin());
    }
}
