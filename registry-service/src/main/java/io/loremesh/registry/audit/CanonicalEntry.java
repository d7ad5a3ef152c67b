package io.loremesh.registry.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loremesh.proto.registry.v1.AuditAction;
import io.loremesh.proto.registry.v1.AuditEntry;
import io.loremesh.registry.artifact.ContentDigest;
import io.loremesh.registry.resource.Timestamps;
import java.time.Instant;

/**
 * The text of an entry that is hashed: JSON with sorted keys and no blanks (as RFC 8785 has it; there are no numbers
 * but the sequence, so nothing hangs on how one is written). Anybody can check a hash without this code:
 * {@code printf '%s%s' "$previous_hash" "$canonical" | sha256sum}.
 */
final class CanonicalEntry {
    /** What stands for the hash before the first entry. */
    static final String GENESIS = "0".repeat(64);

    private static final ObjectMapper JSON = new ObjectMapper();

    private CanonicalEntry() {}

    static String write(long sequence, Audited audited, Instant time) {
        // In the order of the keys.
        ObjectNode entry =
                JSON.createObjectNode().put("action", audited.action().name()).put("actor", audited.actor());
        ObjectNode details = entry.putObject("details");
        audited.details().forEach(details::put);
        entry.put("reason", audited.reason())
                .put("sequence", sequence)
                .put("subject", audited.subject())
                .put("time", time.toString())
                .put("traceId", audited.trace());
        try {
            return JSON.writeValueAsString(entry);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts has a JSON form", e);
        }
    }

    static String hash(String previousHash, String canonical) {
        return ContentDigest.of((previousHash + canonical).getBytes(UTF_8)).hex();
    }

    /** The sequence that the text itself tells; -1 where it is no entry. */
    static long sequence(String canonical) {
        try {
            return JSON.readTree(canonical).path("sequence").asLong(-1);
        } catch (JsonProcessingException e) {
            return -1;
        }
    }

    /** Reads what {@link #write} wrote. */
    static AuditEntry.Builder read(String canonical) {
        try {
            JsonNode json = JSON.readTree(canonical);
            var entry = AuditEntry.newBuilder()
                    .setSequence(json.path("sequence").asLong())
                    .setAction(AuditAction.valueOf(json.path("action").asText()))
                    .setSubject(json.path("subject").asText())
                    .setActor(json.path("actor").asText())
                    .setReason(json.path("reason").asText())
                    .setTraceId(json.path("traceId").asText())
                    .setCreateTime(Timestamps.of(Instant.parse(json.path("time").asText())))
                    .setCanonical(canonical);
            json.path("details")
                    .properties()
                    .forEach(detail ->
                            entry.putDetails(detail.getKey(), detail.getValue().asText()));
            return entry;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an audit entry is no JSON: " + canonical, e);
        }
    }
}
