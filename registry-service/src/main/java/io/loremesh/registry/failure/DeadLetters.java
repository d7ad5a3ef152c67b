package io.loremesh.registry.failure;

import io.loremesh.events.DeadLetter;
import io.loremesh.events.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/** Sets messages aside that cannot be read or applied, so that their partition goes on. */
@ApplicationScoped
public class DeadLetters {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final MutinyEmitter<ProducerRecord<String, byte[]>> letters;
    private final Counter dead;

    DeadLetters(
            @Channel("dead-letters") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<ProducerRecord<String, byte[]>> letters,
            MeterRegistry meters) {
        this.letters = letters;
        this.dead = meters.counter("loremesh.registry.dead.letters");
    }

    /**
     * Completes when the message is safe on the dead-letter topic of its topic, however long Kafka is away: a consumer
     * that failed here would never read on.
     */
    public Uni<Void> bury(ConsumerRecord<String, byte[]> message, Throwable failure) {
        LOG.warnf(
                "message %s goes to %s: %s",
                DeadLetter.origin(message), Topics.deadLetter(message.topic()), failure.getMessage());
        dead.increment();
        return Uni.createFrom()
                // A letter of its own for each try: a producer closes the headers of what it was given.
                .deferred(() -> letters.send(DeadLetter.of(message, failure.getMessage())))
                .onFailure(DeadLetters::isKafkaAway)
                .invoke(away -> LOG.warnf("a dead letter waits for Kafka: %s", away.getMessage()))
                .onFailure(DeadLetters::isKafkaAway)
                .retry()
                .withBackOff(FIRST_WAIT, LONGEST_WAIT)
                .indefinitely();
    }

    /** The channel gives up by itself after a while and says only that; why it did lies below. */
    private static boolean isKafkaAway(Throwable failure) {
        return failure instanceof RetriableException || failure.getCause() instanceof RetriableException;
    }
}
