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

/** One piece of knowledge that is about to be told to the mesh: a named, checked resource. */
public record Lesson(EventType type, String subject, Message payload) {
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

    /** @throws IllegalArgumentException if the payload is not knowledge, or not acceptable */
    static Lesson of(EventType type, Message payload) {
        return switch (payload) {
            case Fact fact -> of(fact);
            case Document document -> of(document);
            case FactRetraction retraction -> new Lesson(type, retraction.getName(), retraction);
            case DocumentRetraction retraction -> new Lesson(type, retraction.getName(), retraction);
            default ->
                throw new IllegalArgumentException(
                        "event type %s is not knowledge; a person publishes facts and documents"
                                .formatted(type.type()));
        };
    }

    private static void refuse(Optional<String> problem) {
        problem.ifPresent(text -> {
            throw new IllegalArgumentException(text);
        });
    }

    /** The event that tells it, happening now. */
    public Event toEvent(String source) {
        return Event.of(type, source, subject, payload);
    }
}
