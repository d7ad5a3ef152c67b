package io.loremesh.knowledge;

import io.loremesh.events.Event;
import io.loremesh.events.EventCodec;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Where an event stands in the order of all that is said of a resource: by the time that it tells, then by when Kafka
 * took it, then by its source and id. The order is total and tells nothing of when a consumer read the event, so that
 * all consumers, whatever they read first, hold the same in the end.
 *
 * @param time when it happened
 * @param taken when Kafka took its message, by the millisecond; the request's moment for what came by another door
 * @param event the event's source and id, which together are unique
 */
public record Stamp(Instant time, Instant taken, String event) implements Comparable<Stamp> {
    private static final Comparator<Stamp> ORDER =
            Comparator.comparing(Stamp::time).thenComparing(Stamp::taken).thenComparing(Stamp::event);

    public Stamp {
        Objects.requireNonNull(time);
        Objects.requireNonNull(taken);
        Objects.requireNonNull(event);
    }

    /** The stamp of an event that was read from a message. */
    public static Stamp of(Event event, ConsumerRecord<?, ?> message) {
        return of(event, EventCodec.taken(message));
    }

    /** @param taken when Kafka took its message */
    public static Stamp of(Event event, Instant taken) {
        return new Stamp(event.time(), taken, event.source() + " " + event.id());
    }

    /** The stamp of what a request says now. */
    public static Stamp ofRequest(String door) {
        Instant now = Instant.now();
        return new Stamp(now, now, door + " " + UUID.randomUUID());
    }

    /**
     * The stamp of what a request says now of a resource: just after what is held, whatever the clock of its source
     * said.
     */
    public static Stamp ofRequest(String door, Optional<Stamp> held) {
        Stamp now = ofRequest(door);
        return held.filter(stamp -> stamp.compareTo(now) >= 0)
                .map(stamp -> new Stamp(stamp.time().plusNanos(1), now.taken(), now.event()))
                .orElse(now);
    }

    /** One line, for a store; {@link #parse} reads it. It does not sort as the stamps do. */
    public String toText() {
        return time + " " + taken + " " + event;
    }

    public static Stamp parse(String text) {
        String[] parts = text.split(" ", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("\"%.100s\" is no stamp of an event".formatted(text));
        }
        return new Stamp(Instant.parse(parts[0]), Instant.parse(parts[1]), parts[2]);
    }

    @Override
    public int compareTo(Stamp other) {
        return ORDER.compare(this, other);
    }
}
