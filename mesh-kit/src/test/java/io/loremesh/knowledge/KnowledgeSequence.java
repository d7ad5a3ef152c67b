package io.loremesh.knowledge;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.loremesh.events.Event;
import io.loremesh.events.EventType;
import io.loremesh.proto.knowledge.v1.Document;
import io.loremesh.proto.knowledge.v1.DocumentRetraction;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.FactRetraction;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random events about few facts and documents, so that they meet: records, retractions, facts that supersede, wait or
 * are over.
 */
public final class KnowledgeSequence {
    private static final String[] NAMES = {"ADA", "BEN", "CIA", "DAN"};

    private KnowledgeSequence() {}

    /** @param taken when Kafka took it */
    public record Sent(Event event, Instant taken) {}

    /**
     * Events of the hour after {@code start}, in no order of time, some of them at the same second; facts wait up to
     * two hours.
     */
    public static List<Sent> random(Random random, int count, Instant start) {
        List<Sent> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant time = start.plusSeconds(random.nextInt(40) * 90L);
            sent.add(new Sent(event("e" + i, payload(random, start), time), start.plusMillis(i / 2)));
        }
        return sent;
    }

    /** The event that a payload is the payload of. */
    public static Event event(String id, Message payload, Instant time) {
        EventType type =
                switch (payload) {
                    case Fact _ -> EventType.FACT_RECORDED;
                    case FactRetraction _ -> EventType.FACT_RETRACTED;
                    case Document _ -> EventType.DOCUMENT_RECORDED;
                    case DocumentRetraction _ -> EventType.DOCUMENT_RETRACTED;
                    default -> throw new IllegalArgumentException(payload.getClass() + " is no knowledge");
                };
        return new Event(id, type, URI.create("/test"), "", time, payload);
    }

    private static Message payload(Random random, Instant start) {
        String name = NAMES[random.nextInt(NAMES.length)];
        return switch (random.nextInt(10)) {
            case 0 -> FactRetraction.newBuilder().setName(factName(name)).build();
            case 1 ->
                DocumentRetraction.newBuilder().setName("documents/" + name).build();
            case 2, 3 ->
                Document.newBuilder()
                        .setName("documents/" + name)
                        .setText("The house of %s has %d rooms.".formatted(name, 100 + random.nextInt(90)))
                        .build();
            case 4 ->
                fact(random, name)
                        .setSupersedes(factName(NAMES[random.nextInt(NAMES.length)]))
                        .build();
            case 5 ->
                fact(random, name)
                        .setValidFrom(at(start.plusSeconds(random.nextInt(10_000))))
                        .build();
            case 6 -> fact(random, name).setValidTo(at(start.minusSeconds(60))).build();
            default -> fact(random, name).build();
        };
    }

    private static Fact.Builder fact(Random random, String name) {
        return Fact.newBuilder()
                .setName(factName(name))
                .setQuestion("How old is %s?".formatted(name))
                .setAnswer(Integer.toString(10 + random.nextInt(80)));
    }

    private static String factName(String name) {
        return "facts/" + name;
    }

    private static Timestamp at(Instant time) {
        return Timestamp.newBuilder().setSeconds(time.getEpochSecond()).build();
    }
}
