package io.loremesh.cli.teach;

import com.google.protobuf.Message;
import io.loremesh.events.Event;
import io.loremesh.events.EventType;
import io.loremesh.knowledge.DocumentRules;
import io.loremesh.knowledge.FactRules;
import io.loremesh.proto.knowledge.v1.Document;
import io.loremesh.proto.knowledge.v1.DocumentRetraction;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.FactRetraction;
import java.util.Optional;

/**
 * One piece of knowledge that is about to be told to the mesh: a named, checked resource.
 *
 * @param told the event that a file brings, with its own id, source and time; empty where it happens now
 */
public record Lesson(EventType type, String subject, Message payload, Optional<Event> told) {
    private Lesson(EventType type, String subject, Message payload) {
        this(type, subject, payload, Optional.empty());
    }

    /** @throws IllegalArgumentException saying what is wrong with the fact */
    public static Lesson of(Fact fact) {
        Fact named = FactRules.named(fact);
        refuse(FactRules.problem(named));
        return new Lesson(EventType.FACT_RECORDED, named.getName(), named);
    }

    /** @throws IllegalArgumentException saying what is wrong with the document */
    public static Lesson of(Document document) {
        Document named = DocumentRules.named(document);
        refuse(DocumentRules.problem(named));
        return new Lesson(EventType.DOCUMENT_RECORDED, named.getName(), named);
    }

    /** That a fact is withdrawn. @param fact its name, {@code facts/{fact}} */
    public static Lesson retraction(String fact, String reason) {
        var payload =
                FactRetraction.newBuilder().setName(fact).setReason(reason).build();
        return new Lesson(EventType.FACT_RETRACTED, fact, payload);
    }

    /** @throws IllegalArgumentException if the event's payload is not knowledge, or not acceptable */
    static Lesson of(Event event) {
        Lesson lesson =
                switch (event.payload()) {
                    case Fact fact -> of(fact);
                    case Document document -> of(document);
                    case FactRetraction retraction -> {
                        refuse(FactRules.problem(retraction));
                        yield new Lesson(event.type(), retraction.getName(), retraction);
                    }
                    case DocumentRetraction retraction -> {
                        refuse(DocumentRules.problem(retraction));
                        yield new Lesson(event.type(), retraction.getName(), retraction);
                    }
                    default ->
                        throw new IllegalArgumentException(
                                "event type %s is not knowledge; teach takes facts and documents"
                                        .formatted(event.type().type()));
                };
        return new Lesson(lesson.type(), lesson.subject(), lesson.payload(), Optional.of(event));
    }

    private static void refuse(Optional<String> problem) {
        problem.ifPresent(text -> {
            throw new IllegalArgumentException(text);
        });
    }

    /**
     * The event that tells it: the one that the file brings, or one that happens now. @param source who says so then
     */
    public Event toEvent(String source) {
        return told.map(event -> new Event(event.id(), type, event.source(), subject, event.time(), payload))
                .orElseGet(() -> Event.of(type, source, subject, payload));
    }
}
