package io.loremesh.generator.routing;

import io.loremesh.events.Event;
import io.loremesh.events.EventCodec;
import io.loremesh.events.UnreadableEventException;
import io.loremesh.knowledge.FactRules;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.FactRetraction;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Hears on Kafka what the sources say of facts. */
@ApplicationScoped
class KnowledgeConsumer {
    private static final Logger LOG = Logger.getLogger(KnowledgeConsumer.class);

    private final FactNews news;

    KnowledgeConsumer(FactNews news) {
        this.news = news;
    }

    @Incoming("knowledge")
    void consume(ConsumerRecord<String, byte[]> message) {
        try {
            Event event = EventCodec.read(message);
            if (event.payload() instanceof Fact fact && FactRules.problem(fact).isEmpty()) {
                news.recorded(fact);
            } else if (event.payload() instanceof FactRetraction retraction) {
                news.retracted(retraction);
            }
        } catch (UnreadableEventException unreadable) {
            // Retriever and registry dead-letter it; every replica of the generator would do so once more.
            LOG.debugf("Message %d of %s is left out: %s", message.offset(), message.topic(), unreadable.getMessage());
        } catch (RuntimeException failure) {
            LOG.errorf(failure, "Message %d of %s could not be applied", message.offset(), message.topic());
        }
    }
}
