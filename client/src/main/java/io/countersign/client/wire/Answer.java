package io.countersign.client.wire;

import tools.jackson.databind.JsonNode;

/**
 * A yes of the server.
 *
 * @param version the entity tag of what was read, empty where it has none
 * @param body what it said; a missing node where it said nothing
 */
public record Answer(int status, String version, JsonNode body) {}
