package io.countersign.server.notify;

import io.countersign.server.platform.PublicAddress;
import io.countersign.server.platform.StrictJson;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a notice as the body of a webhook: a CloudEvent 1.0 in JSON, whose members {@code type}, {@code timestamp} and
 * {@code data} are also the ones that Standard Webhooks recommends.
 */
@Component
class Envelope {

    static final String MEDIA_TYPE = "application/cloudevents+json";

    private static final JsonMapper JSON = StrictJson.mapper();

    private final PublicAddress address;

    Envelope(PublicAddress address) {
        this.address = address;
    }

    /** The body, the same bytes at every attempt. */
    byte[] write(String orgId, String organization, String deliveryId, Notice notice) {
        boolean test = notice.type().equals(Notice.TEST);
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", test ? deliveryId : orgId + "/" + notice.leafIndex());
        event.put("source", address.url() + "/organizations/" + orgId);
        event.put("type", notice.eventType());
        event.put("time", notice.at().toString());
        event.put("timestamp", notice.at().toString());
        String subject = notice.number() == null ? notice.session() : notice.number();
        if (subject != null) {
            event.put("subject", subject);
        }
        event.put("datacontenttype", "application/json");
        event.put("data", data(organization, notice, test));
        return JSON.writeValueAsBytes(event);
    }

    private Map<String, Object> data(String organization, Notice notice, boolean test) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("type", notice.type());
        data.put("organization", organization);
        if (!test) {
            data.put("leafIndex", notice.leafIndex());
        }
        data.put("headline", notice.headline());
        if (notice.session() != null) {
            data.put("session", notice.session());
        }
        if (notice.number() != null) {
            data.put("number", notice.number());
        }
        data.put("link", address.url() + notice.page());
        data.put("facts", notice.facts());
        return data;
    }
}
