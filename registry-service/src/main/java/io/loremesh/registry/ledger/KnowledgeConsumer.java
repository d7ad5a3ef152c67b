package io.loremesh.registry.ledger;

import io.loremesh.events.Event;
import io.loremesh.events.EventCodec;
import io.loremesh.events.Topics;
import io.loremesh.events.UnreadableEventException;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.FactRetraction;
import io.loremesh.registry.failure.DeadLetters;
import io.loremesh.registry.failure.PassingTrouble;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.ledger.FactChange.Origin;
import io.loremesh.registry.ledger.FactChange.Outcome;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Brings facts from Kafka to the ledger, in order, each at least once: what has arrived meanwhile in one transaction. A
 * message that cannot be read or applied goes to the dead-letter topic with its reason and all others are applied;
 * while the database is away they wait.
 */
@ApplicationScoped
public class KnowledgeConsumer {
    private static final Logger LOG = Logger.getLogger(KnowledgeConsumer.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private record Arrival(ConsumerRecord<String, byte[]> message, FactChange change) {}

    private record Unfit(ConsumerRecord<String, byte[]> message, Throwable reason) {}

    private final FactLedger ledger;
    private final DeadLetters deadLetters;

    KnowledgeConsumer(FactLedger ledger, DeadLetters deadLetters) {
        this.ledger = ledger;
        this.deadLetters = deadLetters;
    }

    @Incoming("knowledge")
    Uni<Void> consume(ConsumerRecords<String, byte[]> messages) {
        var arrivals = new ArrayList<Arrival>();
        var unfit = new ArrayList<Unfit>();
        for (ConsumerRecord<String, byte[]> message : messages) {
            try {
                change(message).ifPresent(change -> arrivals.add(new Arrival(message, change)));
            } catch (Exception | StackOverflowError reason) {
                unfit.add(new Unfit(message, reason));
            }
        }
        return bury(unfit).chain(() -> apply(arrivals)).chain(this::bury);
    }

    /** What a message says about a fact; empty where it is about something else. */
    private static Optional<FactChange> change(ConsumerRecord<String, byte[]> message) throws UnreadableEventException {
        Event event = EventCodec.read(message);
        var origin = new Origin(event.id(), event.source().toString(), event.time());
        return switch (event.type()) {
            case FACT_RECORDED -> Optional.of(new FactChange.Recorded((Fact) event.payload(), origin));
            case FACT_RETRACTED -> Optional.of(FactChange.Retracted.of((FactRetraction) event.payload(), origin));
            // Documents are the retriever's.
            case DOCUMENT_RECORDED, DOCUMENT_RETRACTED -> Optional.empty();
            case VERSION_REGISTERED,
                    VERSION_PROMOTED,
                    VERSION_REJECTED,
                    VERSION_ROLLED_BACK,
                    RUN_REQUESTED,
                    RUN_PROGRESSED,
                    ANSWER_GIVEN -> throw RegistryException.misplaced(event.type(), Topics.KNOWLEDGE);
        };
    }

    /** Applies them in order; tells which could not be applied. Never fails. */
    private Uni<List<Unfit>> apply(List<Arrival> arrivals) {
        return Uni.createFrom()
                .deferred(() ->
                        ledger.apply(arrivals.stream().map(Arrival::change).toList()))
                .onFailure(PassingTrouble::is)
                .invoke(failure -> LOG.warnf("facts wait for the database: %s", failure.getMessage()))
                .onFailure(PassingTrouble::is)
                .retry()
                .withBackOff(FIRST_WAIT, LONGEST_WAIT)
                .indefinitely()
                .map(outcomes -> refused(arrivals, outcomes))
                .onFailure()
                .recoverWithUni(failure -> withoutTheCulprit(arrivals, failure));
    }

    private static List<Unfit> refused(List<Arrival> arrivals, List<Outcome> outcomes) {
        var unfit = new ArrayList<Unfit>();
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Refused refused) {
                unfit.add(new Unfit(arrivals.get(i).message(), refused.reason()));
            }
        }
        return unfit;
    }

    /** The database refused the transaction for the sake of one of them: halves of it go in until that one is alone. */
    private Uni<List<Unfit>> withoutTheCulprit(List<Arrival> arrivals, Throwable failure) {
        if (arrivals.size() == 1) {
            return Uni.createFrom().item(List.of(new Unfit(arrivals.getFirst().message(), failure)));
        }
        int half = arrivals.size() / 2;
        return apply(arrivals.subList(0, half)).chain(first -> apply(arrivals.subList(half, arrivals.size()))
                .map(second -> Stream.concat(first.stream(), second.stream()).toList()));
    }

    private Uni<Void> bury(List<Unfit> unfit) {
        return Multi.createFrom()
                .iterable(unfit)
                .onItem()
                .transformToUniAndConcatenate(one -> deadLetters.bury(one.message(), one.reason()))
                .collect()
                .last()
                .replaceWithVoid();
    }
}
