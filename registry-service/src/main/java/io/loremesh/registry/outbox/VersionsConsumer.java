package io.loremesh.registry.outbox;

import io.loremesh.events.Event;
import io.loremesh.events.EventCodec;
import io.loremesh.events.Topics;
import io.loremesh.registry.failure.DeadLetters;
import io.loremesh.registry.failure.RegistryException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Keeps the topic of the registry's own events clean: what somebody else put there, and no reader can use, goes to the
 * dead-letter topic. Here once and not in the generators, each replica of which reads every message.
 */
@ApplicationScoped
public class VersionsConsumer {
    private final DeadLetters deadLetters;

    VersionsConsumer(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    @Incoming("versions")
    Uni<Void> consume(ConsumerRecord<String, byte[]> message) {
        return deadLetters.orBury(message, () -> {
            Event event = EventCodec.read(message);
            if (!event.type().topic().equals(Topics.VERSIONS)) {
                throw RegistryException.misplaced(event.type(), Topics.VERSIONS);
            }
            return Uni.createFrom().voidItem();
        });
    }
}
