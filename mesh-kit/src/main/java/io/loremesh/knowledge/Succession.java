package io.loremesh.knowledge;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.loremesh.events.EventType;
import io.loremesh.events.Topics;
import io.loremesh.proto.knowledge.v1.Document;
import io.loremesh.proto.knowledge.v1.DocumentRetraction;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.FactRetraction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an event does to what is held: the one rule of all consumers of {@link Topics#KNOWLEDGE}, so that no two of them
 * hold two truths. It knows no store and no clock of its own.
 *
 * <p>An event makes one or two {@link Statement}s, each about one resource by name. Of all statements about a resource
 * the one with the latest {@link Stamp} stands; whatever is older than what is held, or the same, is ignored, in
 * whichever order they come. So:
 * <ul>
 *   <li>a late event does not overwrite a newer one, and a repeated one changes nothing;
 *   <li>a withdrawal stands too: one of an unknown resource is held, and what was recorded before it and
 *       comes after it is ignored;
 *   <li>a fact that supersedes another withdraws it, also one that is not known yet, also where the
 *       fact itself is ignored as late;
 *   <li>an event whose fact holds from a later time on waits until then, and is then applied by its own stamp: what was
 *       held before holds until then, and what came after it stands;
 *   <li>a fact whose time is over is held and not answered ({@link #holds}): nothing that it replaced comes back.
 * </ul>
 *
 * <p>A consumer calls {@link #of}, then {@link #decide} for each statement with the stamp it keeps of that name, and
 * keeps the new stamp with what it applied, withdrawals included.
 */
public final class Succession {
    private Succession() {}

    /** What an event says, by itself. */
    public sealed interface Ruling {
        /** Each statement is to be decided on. */
        record Heard(List<Statement> statements) implements Ruling {}

        /** Nothing yet: give the event to {@link #of} again at that time. */
        record Waits(Instant until) implements Ruling {}

        /** Nothing ever: it goes to the dead letters with the reason. */
        record Refused(String reason) implements Ruling {}
    }

    /** What is said of one resource. */
    public sealed interface Statement {
        String name();

        /** @param fact named */
        record FactStands(Fact fact) implements Statement {
            @Override
            public String name() {
                return fact.getName();
            }
        }

        /** @param document named */
        record DocumentStands(Document document) implements Statement {
            @Override
            public String name() {
                return document.getName();
            }
        }

        /**
         * The resource holds no longer.
         *
         * @param name {@code facts/{fact}} or {@code documents/{document}}
         * @param successor the fact that supersedes it; empty where it is retracted
         */
        record Withdrawn(String name, String successor) implements Statement {}
    }

    /** What becomes of a statement. */
    public sealed interface Decision {
        record Apply() implements Decision {}

        /** It changes nothing; that is no fault of anybody's. */
        record Ignore(String reason) implements Decision {}
    }

    /**
     * What an event says.
     *
     * @param payload of the class that {@code type} carries
     * @param now the consumer's clock: whether the time of a fact has come
     */
    public static Ruling of(EventType type, Message payload, Instant now) {
        return switch (type) {
            case FACT_RECORDED -> fact((Fact) payload, now);
            case FACT_RETRACTED -> {
                var retraction = (FactRetraction) payload;
                yield ruling(
                        FactRules.problem(retraction),
                        () -> List.of(new Statement.Withdrawn(retraction.getName(), "")));
            }
            case DOCUMENT_RECORDED -> {
                var document = (Document) payload;
                yield ruling(
                        DocumentRules.problem(document),
                        () -> List.of(new Statement.DocumentStands(DocumentRules.named(document))));
            }
            case DOCUMENT_RETRACTED -> {
                var retraction = (DocumentRetraction) payload;
                yield ruling(
                        DocumentRules.problem(retraction),
                        () -> List.of(new Statement.Withdrawn(retraction.getName(), "")));
            }
            case VERSION_REGISTERED,
                    VERSION_PROMOTED,
                    VERSION_REJECTED,
                    VERSION_ROLLED_BACK,
                    RUN_REQUESTED,
                    RUN_PROGRESSED,
                    ANSWER_GIVEN ->
                new Ruling.Refused("%s is no knowledge; publish it to %s, not to %s"
                        .formatted(type.type(), type.topic(), Topics.KNOWLEDGE));
        };
    }

    /** @param held the stamp of the last statement applied about the same name; empty where there was none */
    public static Decision decide(Optional<Stamp> held, Stamp stamp) {
        int order = held.map(stamp::compareTo).orElse(1);
        if (order > 0) {
            return new Decision.Apply();
        }
        return new Decision.Ignore(
                order == 0
                        ? "this event was applied before"
                        : "what is held is newer: it is of %s, this event of %s"
                                .formatted(held.orElseThrow().time(), stamp.time()));
    }

    /** Whether a fact that stands is to be answered at a moment. */
    public static boolean holds(Fact fact, Instant now) {
        return (!fact.hasValidFrom() || !now.isBefore(instant(fact.getValidFrom())))
                && (!fact.hasValidTo() || now.isBefore(instant(fact.getValidTo())));
    }

    private static Ruling fact(Fact recorded, Instant now) {
        Optional<String> problem = FactRules.problem(recorded);
        if (problem.isPresent()) {
            return new Ruling.Refused(problem.get());
        }
        if (recorded.hasValidFrom() && now.isBefore(instant(recorded.getValidFrom()))) {
            return new Ruling.Waits(instant(recorded.getValidFrom()));
        }
        Fact fact = FactRules.named(recorded);
        List<Statement> statements = new ArrayList<>();
        statements.add(new Statement.FactStands(fact));
        if (!fact.getSupersedes().isEmpty() && !fact.getSupersedes().equals(fact.getName())) {
            statements.add(new Statement.Withdrawn(fact.getSupersedes(), fact.getName()));
        }
        return new Ruling.Heard(statements);
    }

    private interface Statements {
        List<Statement> get();
    }

    private static Ruling ruling(Optional<String> problem, Statements statements) {
        return problem.isPresent() ? new Ruling.Refused(problem.get()) : new Ruling.Heard(statements.get());
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
