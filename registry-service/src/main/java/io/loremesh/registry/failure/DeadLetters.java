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
import org.apache.kafka.common.errors.RecordTooLargeException;
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

    /** What a consumer does with a message. */
    @FunctionalInterface
    public interface Work {
        Uni<Void> begin() throws Exception;
    }

    /**
     * Does the work of a message, or sets it aside with the reason. Trouble that passes is waited for; whatever
     * else goes wrong, wherever it does, is the message's own: a consumer that fails would never read on.
     */
    public Uni<Void> orBury(ConsumerRecord<String, byte[]> message, Work work) {
        return Uni.createFrom()
                .deferred(() -> {
                    try {
                        return work.begin();
                    } catch (Exception | StackOverflowError failure) {
                        return Uni.createFrom().failure(failure);
                    }
                })
                .onFailure(PassingTrouble::is)
                .invoke(failure -> LOG.warnf(
                        "message %s waits for the database: %s", DeadLetter.origin(message), failure.getMessage()))
                .onFailure(PassingTrouble::is)
                .retry()
                .withBackOff(FIRST_WAIT, LONGEST_WAIT)
                .indefinitely()
                .onFailure()
                .recoverWithUni(failure -> bury(message, failure));
    }

    /** Completes when the message is safe on its topic's dead-letter topic, however long Kafka is away. Never fails. */
    public Uni<Void> bury(ConsumerRecord<String, byte[]> message, Throwable failure) {
        String reason = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        LOG.warnf("message %s goes to %s: %s", DeadLetter.origin(message), Topics.deadLetter(message.topic()), reason);
        dead.increment();
        return Uni.createFrom()
                // A letter of its own for each try: a producer closes the headers of what it was given.
                .deferred(() -> letters.send(DeadLetter.of(message, reason)))
                .onFailure(DeadLetters::isTooLarge)
                .recoverWithUni(() -> letters.send(DeadLetter.withoutValue(message, reason)))
                .onFailure()
                .invoke(away -> LOG.warnf("a dead letter waits for Kafka: %s", away.getMessage()))
                .onFailure()
                .retry()
                .withBackOff(FIRST_WAIT, LONGEST_WAIT)
                .indefinitely();
    }

    /** The message was as large as a message may be, and its letter has a reason besides. */
    private static boolean isTooLarge(Throwable failure) {
        return failure instanceof RecordTooLargeException || failure.getCause() instanceof RecordTooLargeException;
    }
}
