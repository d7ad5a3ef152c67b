package io.loremesh.registry.failure;

import io.loremesh.events.DeadLetter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/** Sets messages aside that cannot be read or applied, so that their partition goes on. */
@ApplicationScoped
public class DeadLetters {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private final MutinyEmitter<ProducerRecord<String, byte[]>> letters;
    private final Counter dead;

    DeadLetters(
            @Channel("dead-letters") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<ProducerRecord<String, byte[]>> letters,
            MeterRegistry meters) {
        this.letters = letters;
        this.dead = meters.counter("loremesh.registry.dead.letters");
    }

    /** Completes when the message is safe on the dead-letter topic of its topic. */
    public Uni<Void> bury(ConsumerRecord<String, byte[]> message, Throwable failure) {
        ProducerRecord<String, byte[]> letter = DeadLetter.of(message, failure.getMessage());
        LOG.warnf("message %s goes to %s: %s", DeadLetter.origin(message), letter.topic(), failure.getMessage());
        dead.increment();
        return letters.send(letter);
    }
}
