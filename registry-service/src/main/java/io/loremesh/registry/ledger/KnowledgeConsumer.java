package io.loremesh.registry.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.loremesh.events.Event;
import io.loremesh.events.EventCodec;
import io.loremesh.events.EventType;
import io.loremesh.events.Topics;
import io.loremesh.events.UnreadableEventException;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.FactRetraction;
import io.loremesh.registry.failure.PassingTrouble;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.ledger.FactLedger.Origin;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/**
 * Brings facts from Kafka to the ledger, in order, each at least once. A message that cannot be read or applied goes to the
 * dead-letter topic with its reason and the partition goes on; while the database is away it waits.
 */
@ApplicationScoped
public class KnowledgeConsumer {
    /** Header of a dead letter: why it is one. */
    public static final String REASON = "loremesh-reason";

    private static final Logger LOG = Logger.getLogger(KnowledgeConsumer.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final FactLedger ledger;
    private final MutinyEmitter<ProducerRecord<String, byte[]>> deadLetters;
    private final Counter dead;

    KnowledgeConsumer(
            FactLedger ledger,
            @Channel("dead-letters") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<ProducerRecord<String, byte[]>> deadLetters,
            MeterRegistry meters) {
        this.ledger = ledger;
        this.deadLetters = deadLetters;
        this.dead = meters.counter("loremesh.registry.knowledge.dead.letters");
    }

    @Incoming("knowledge")
    Uni<Void> consume(ConsumerRecord<String, byte[]> message) {
        Event event;
        try {
            event = EventCodec.read(message.headers(), message.value());
        } catch (UnreadableEventException e) {
            // Buried before the retries below: what cannot be parsed is no database that is away, and would wait for
            // ever.
            return bury(message, e);
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
                .recoverWithUni(failure -> bury(message, failure));
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
                    ANSWER_GIVEN -> Uni.createFrom().failure(misplaced(event.type()));
        };
    }

    private static RegistryException misplaced(EventType type) {
        return new RegistryException(
                Kind.INVALID, "%s does not belong on %s but on %s", type.type(), Topics.KNOWLEDGE, type.topic());
    }

    private Uni<Void> bury(ConsumerRecord<String, byte[]> message, Throwable failure) {
        LOG.warnf(
                "message %d of partition %d goes to %s: %s",
                message.offset(), message.partition(), Topics.deadLetter(message.topic()), failure.getMessage());
        dead.increment();
        var letter = new ProducerRecord<>(Topics.deadLetter(message.topic()), message.key(), message.value());
        message.headers().forEach(letter.headers()::add);
        letter.headers().add(REASON, String.valueOf(failure.getMessage()).getBytes(UTF_8));
        return deadLetters.send(letter);
    }
}
