package io.loremesh.trainer.run;

import io.loremesh.events.Event;
import io.loremesh.events.EventCodec;
import io.loremesh.events.EventType;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/**
 * Tells the mesh how runs get on. The run's record is the trainer's own; the events are a view of it. So a Kafka that
 * is away costs events, told in the log, and never a run.
 */
@ApplicationScoped
public class RunEventPublisher {
    private static final Logger LOG = Logger.getLogger(RunEventPublisher.class);
    private static final String SOURCE = "/trainer-service";

    private final Emitter<ProducerRecord<String, byte[]>> events;

    RunEventPublisher(
            @Channel("run-events") @OnOverflow(OnOverflow.Strategy.DROP)
                    Emitter<ProducerRecord<String, byte[]>> events) {
        this.events = events;
    }

    /** Sends a run as it is now; returns at once. */
    public void announce(Run run) {
        Event event = Event.of(EventType.RUN_PROGRESSED, SOURCE, run.name(), RunMessages.of(run));
        try {
            events.send(EventCodec.toRecord(event)).whenComplete((sent, failure) -> {
                if (failure != null) {
                    untold(run, failure);
                }
            });
        } catch (IllegalStateException e) {
            // The channel is closed: the service stops, and this run's end is on disk already.
            untold(run, e);
        }
    }

    private static void untold(Run run, Throwable failure) {
        LOG.warnf("%s could not be told to Kafka: %s", run.name(), failure.getMessage());
    }
}
