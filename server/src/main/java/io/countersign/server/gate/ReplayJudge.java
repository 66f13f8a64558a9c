package io.countersign.server.gate;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.countersign.core.action.ActionType;
import io.countersign.core.action.Ask;
import io.countersign.core.action.PayloadDigest;
import io.countersign.core.action.Place;
import io.countersign.core.action.PrincipalKind;
import io.countersign.core.action.Resource;
import io.countersign.core.action.Subject;
import io.countersign.core.approval.Parties;
import io.countersign.core.gate.Trial;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.gate.ReplayProspects.Prospects;
import io.countersign.server.gate.ReplayStore.PastAsk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/**
 * Judges recorded asks for one replay; several threads share it. The ask's own are its moment, its parties, its resource and
 * where that stood; the people, teams, action types and rules are those of now.
 */
final class ReplayJudge {

    private static final int MOST_REMEMBERED = 5_000;

    private static final JsonMapper FIELDS = JsonMapper.builder()
            .changeDefaultVisibility(all -> all.withFieldVisibility(Visibility.ANY)
                    .withGetterVisibility(Visibility.NONE)
                    .withIsGetterVisibility(Visibility.NONE))
            .build();

    private final DirectoryImage image;
    private final Trial trial;
    private final ReplayProspects prospects;
    private final Map<String, Place> places = new ConcurrentHashMap<>();
    private final Map<String, Resource> resources = new ConcurrentHashMap<>();

    ReplayJudge(DirectoryImage image, Trial trial, ReplayProspects prospects) {
        this.image = image;
        this.trial = trial;
        this.prospects = prospects;
    }

    /** The judgement; nothing when the organization no longer knows the action. */
    Optional<ReplayJudgement> judge(PastAsk past) {
        return image.actions().find(past.action()).map(action -> judge(past, action));
    }

    private ReplayJudgement judge(PastAsk past, ActionType action) {
        Ask ask = new Ask(
                image.organizationId(),
                new Subject(past.subjectId(), PrincipalKind.valueOf(past.subjectKind())),
                new Subject(past.callerId(), PrincipalKind.valueOf(past.callerKind())),
                action,
                remembered(resources, past.resource(), text -> FIELDS.readValue(text, Resource.class)),
                new PayloadDigest(past.digest()),
                past.reason(),
                past.tokenMaker(),
                new HashSet<>(past.authors()));
        Place place = remembered(places, past.place(), text -> FIELDS.readValue(text, Place.class));
        Trial.Judged judged =
                trial.judge(ask, place, past.at(), image.settings().zone());
        List<Prospects> could = new ArrayList<>();
        if (!judged.demanded().isEmpty()) {
            Parties parties = new Parties(
                    ask.subject(),
                    ask.caller(),
                    new HashSet<>(past.owners()),
                    past.accountable(),
                    past.tokenMaker(),
                    ask.authors());
            judged.demanded().forEach(demanded -> could.add(prospects.of(demanded, ask, parties, past.at())));
        }
        return new ReplayJudgement(past, ask, place, judged, could);
    }

    /** Asks name the same few things again and again. */
    private static <T> T remembered(Map<String, T> known, String text, Function<String, T> read) {
        T present = known.get(text);
        if (present != null) {
            return present;
        }
        T fresh = read.apply(text);
        if (known.size() < MOST_REMEMBERED) {
            known.put(text, fresh);
        }
        return fresh;
    }
}
