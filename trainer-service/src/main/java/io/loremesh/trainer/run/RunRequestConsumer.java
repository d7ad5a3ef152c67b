package io.loremesh.trainer.run;

import io.loremesh.events.DeadLetter;
import io.loremesh.events.Event;
import io.loremesh.events.EventCodec;
import io.loremesh.events.EventType;
import io.loremesh.events.UnreadableEventException;
import io.loremesh.model.checkpoint.ModelFormatException;
import io.loremesh.proto.trainer.v1.CreateRunRequest;
import io.loremesh.trainer.publish.RegistryException;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Runs by event: {@code io.loremesh.run.requested.v1} does what CreateRun does, once per event however often it
 * arrives. What cannot be read, or is refused, goes to the dead-letter topic with its reason, and the partition goes
 * on.
 */
@ApplicationScoped
public class RunRequestConsumer {
    private static final Logger LOG = Logger.getLogger(RunRequestConsumer.class);

    private final RunFlow flow;
    private final Emitter<ProducerRecord<String, byte[]>> deadLetters;

    RunRequestConsumer(RunFlow flow, @Channel("run-dead-letters") Emitter<ProducerRecord<String, byte[]>> deadLetters) {
        this.flow = flow;
        this.deadLetters = deadLetters;
    }

    @Incoming("run-requests")
    @Blocking
    void consume(ConsumerRecord<String, byte[]> message) {
        try {
            Event event = EventCodec.read(message);
            if (event.type() == EventType.RUN_REQUESTED) {
                flow.create(identified(event));
            }
        } catch (UnreadableEventException | TrainerException | RegistryException | ModelFormatException refused) {
            bury(message, refused.getMessage());
        }
    }

    /** A replayed event must find the run that it made: where it brings no request id, its own id is one. */
    private static CreateRunRequest identified(Event event) {
        CreateRunRequest request = (CreateRunRequest) event.payload();
        return request.getRequestId().isEmpty()
                ? request.toBuilder().setRequestId(event.id()).build()
                : request;
    }

    private void bury(ConsumerRecord<String, byte[]> message, String reason) {
        LOG.warnf(
                "Message %d of %s-%d is put aside: %s", message.offset(), message.topic(), message.partition(), reason);
        // Waited for: the message counts as consumed only when its letter is safe.
        deadLetters.send(DeadLetter.of(message, reason)).toCompletableFuture().join();
    }
}
