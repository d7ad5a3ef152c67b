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
import io.loremesh.registry.ledger.FactLedger.Origin;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Brings facts from Kafka to the ledger, in order, each at least once. A message that cannot be read or applied goes to the
 * dead-letter topic with its reason and the partition goes on; while the database is away it waits.
 */
@ApplicationScoped
public class KnowledgeConsumer {
    private static final Logger LOG = Logger.getLogger(KnowledgeConsumer.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final FactLedger ledger;
    private final DeadLetters deadLetters;

    KnowledgeConsumer(FactLedger ledger, DeadLetters deadLetters) {
        this.ledger = ledger;
        this.deadLetters = deadLetters;
    }

    @Incoming("knowledge")
    Uni<Void> consume(ConsumerRecord<String, byte[]> message) {
        Event event;
        try {
            event = EventCodec.read(message.headers(), message.value());
        } catch (UnreadableEventException e) {
            // Buried before the retries below: what cannot be parsed is no database that is away, and would wait for
            // ever.
            return deadLetters.bury(message, e);
        }
        return Uni.createFrom()
                .deferred(() -> apply(event))
                .onFailure(PassingTrouble::is)
                .invoke(failure -> LOG.warnf("a fact waits for the database: %s", failure.getMessage()))
                .onFailure(PassingTrouble::is)
                .retry()
                .withBackOff(FIRST_WAIT, LONGEST_WAIT)
                .indefinitely()
                .onFailure()
                .recoverWithUni(failure -> deadLetters.bury(message, failure));
    }

    private Uni<Void> apply(Event event) {
        var origin = new Origin(event.id(), event.source().toString(), event.time());
        return switch (event.type()) {
            case FACT_RECORDED -> ledger.record((Fact) event.payload(), origin);
            case FACT_RETRACTED -> ledger.retract((FactRetraction) event.payload(), origin);
            // Documents are the retriever's.
            case DOCUMENT_RECORDED, DOCUMENT_RETRACTED -> Uni.createFrom().voidItem();
            case VERSION_REGISTERED,
                    VERSION_PROMOTED,
                    VERSION_REJECTED,
                    VERSION_ROLLED_BACK,
                    RUN_REQUESTED,
                    RUN_PROGRESSED,
                    ANSWER_GIVEN ->
                Uni.createFrom().failure(RegistryException.misplaced(event.type(), Topics.KNOWLEDGE));
        };
    }
}
