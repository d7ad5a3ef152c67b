package io.loremesh.registry.lineage;

import io.loremesh.events.Event;
import io.loremesh.events.EventCodec;
import io.loremesh.events.Topics;
import io.loremesh.proto.trainer.v1.Run;
import io.loremesh.registry.failure.DeadLetters;
import io.loremesh.registry.failure.RegistryException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Brings the progress of training runs to their curves. While the database is away a message waits; junk is set aside.
 */
@ApplicationScoped
class RunsConsumer {
    private final RunCurves curves;
    private final DeadLetters deadLetters;

    RunsConsumer(RunCurves curves, DeadLetters deadLetters) {
        this.curves = curves;
        this.deadLetters = deadLetters;
    }

    @Incoming("runs")
    Uni<Void> consume(ConsumerRecord<String, byte[]> message) {
        return deadLetters.orBury(message, () -> {
            Event event = EventCodec.read(message);
            if (!event.type().topic().equals(Topics.RUNS)) {
                throw RegistryException.misplaced(event.type(), Topics.RUNS);
            }
            // A run that was asked for, or has not begun to train, has no progress yet.
            return event.payload() instanceof Run run && run.hasProgress()
                    ? curves.record(run)
                    : Uni.createFrom().voidItem();
        });
    }
}
