package io.loremesh.generator.adapter;

import io.loremesh.events.Event;
import io.loremesh.events.EventCodec;
import io.loremesh.events.UnreadableEventException;
import io.loremesh.proto.registry.v1.AliasMove;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Hears of promotions and rollbacks on Kafka. */
@ApplicationScoped
class VersionsConsumer {
    private static final Logger LOG = Logger.getLogger(VersionsConsumer.class);

    private final ActiveAlias active;

    VersionsConsumer(ActiveAlias active) {
        this.active = active;
    }

    @Incoming("versions")
    void consume(ConsumerRecord<String, byte[]> message) {
        try {
            Event event = EventCodec.read(message);
            if (event.payload() instanceof AliasMove move) {
                active.follow(move);
            }
        } catch (UnreadableEventException unreadable) {
            // The registry wrote it and every replica reads it: to dead-letter it here would do so once per replica.
            LOG.warnf("Message %d of %s is left out: %s", message.offset(), message.topic(), unreadable.getMessage());
        } catch (RuntimeException failure) {
            LOG.errorf(failure, "Message %d of %s could not be applied", message.offset(), message.topic());
        }
    }
}
