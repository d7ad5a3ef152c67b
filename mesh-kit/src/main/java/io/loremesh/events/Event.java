package io.loremesh.events;

import com.google.protobuf.Message;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * One event. Consumers are idempotent by {@code id}.
 *
 * @param id unique for its source
 * @param type what happened
 * @param source who says so
 * @param subject name of the resource that it is about; also the Kafka key
 * @param time when it happened
 * @param payload the resource, of the class that {@code type} carries
 */
public record Event(String id, EventType type, URI source, String subject, Instant time, Message payload) {
    public Event {
        Objects.requireNonNull(id);
        Objects.requireNonNull(source);
        Objects.requireNonNull(subject);
        Objects.requireNonNull(time);
        if (!type.carries(payload)) {
            throw new IllegalArgumentException("%s does not carry a %s".formatted(type.type(), payload.getClass()));
        }
    }

    /** An event that happens now. */
    public static Event of(EventType type, String source, String subject, Message payload) {
        return new Event(UUID.randomUUID().toString(), type, URI.create(source), subject, Instant.now(), payload);
    }
}
