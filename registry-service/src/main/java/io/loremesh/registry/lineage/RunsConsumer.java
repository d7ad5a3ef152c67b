package io.loremesh.registry.lineage;

import io.loremesh.events.Event;
import io.loremesh.events.EventCodec;
import io.loremesh.events.Topics;
import io.loremesh.events.UnreadableEventException;
import io.loremesh.proto.trainer.v1.Run;
import io.loremesh.registry.failure.DeadLetters;
import io.loremesh.registry.failure.PassingTrouble;
import io.loremesh.registry.failure.RegistryException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Brings the progress of training runs to their curves. While the database is away a message waits; junk is set aside.
 */
@ApplicationScoped
class RunsConsumer {
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final RunCurves curves;
    private final DeadLetters deadLetters;

    RunsConsumer(RunCurves curves, DeadLetters deadLetters) {
        this.curves = curves;
        this.deadLetters = deadLetters;
    }

    @Incoming("runs")
    Uni<Void> consume(ConsumerRecord<String, byte[]> message) {
        try {
            Event event = EventCodec.read(message);
            if (!event.type().topic().equals(Topics.RUNS)) {
                return deadLetters.bury(message, RegistryException.misplaced(event.type(), Topics.RUNS));
            }
            // A run that was asked for, or has not begun to train, has no progress yet.
            return event.payload() instanceof Run run && run.hasProgress()
                    ? record(message, run)
                    : Uni.createFrom().voidItem();
        } catch (UnreadableEventException unreadable) {
            return deadLetters.bury(message, unreadable);
        }
    }

    private Uni<Void> record(ConsumerRecord<String, byte[]> message, Run run) {
        return Uni.createFrom()
                .deferred(() -> curves.record(run))
                .onFailure(PassingTrouble::is)
                .retry()
                .withBackOff(FIRST_WAIT, LONGEST_WAIT)
                .indefinitely()
                .onFailure()
                .recoverWithUni(failure -> deadLetters.bury(message, failure));
    }
}
