package io.loremesh.generator.answer;

import com.google.protobuf.util.Durations;
import io.loremesh.events.Event;
import io.loremesh.events.EventCodec;
import io.loremesh.events.EventType;
import io.loremesh.proto.generator.v1.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/**
 * Leaves a trace of every answer: metrics, and an event on the answers topic. While Kafka is away some events wait and the
 * rest are counted as lost: no answer waits for its own record.
 */
@ApplicationScoped
class AnswerRecords {
    private static final int WAITING_EVENTS = 4_096;

    private final MeterRegistry metrics;
    private final Emitter<ProducerRecord<String, byte[]>> answers;

    AnswerRecords(
            MeterRegistry metrics,
            @Channel("answers") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = WAITING_EVENTS)
                    Emitter<ProducerRecord<String, byte[]>> answers) {
        this.metrics = metrics;
        this.answers = answers;
    }

    void given(Answer answer, boolean recorded) {
        String path = answer.getPath().name().replace("PATH_", "");
        metrics.timer("loremesh.answer.latency", "path", path)
                .record(Duration.ofNanos(Durations.toNanos(answer.getTimings().getTotal())));
        metrics.counter("loremesh.answer.tokens", "kind", "prompt")
                .increment(answer.getUsage().getPromptTokens());
        metrics.counter("loremesh.answer.tokens", "kind", "completion")
                .increment(answer.getUsage().getCompletionTokens());
        if (recorded) {
            publish(answer);
        }
    }

    private void publish(Answer answer) {
        Event event = Event.of(EventType.ANSWER_GIVEN, "/generator", "answers/" + answer.getAnswerId(), answer);
        try {
            answers.send(EventCodec.toRecord(event));
        } catch (IllegalStateException full) {
            metrics.counter("loremesh.answer.events.lost").increment();
        }
    }
}
