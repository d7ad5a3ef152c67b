package io.loremesh.generator.answer;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.grpc.Status.Code;
import io.loremesh.events.Event;
import io.loremesh.events.EventCodec;
import io.loremesh.events.EventType;
import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.generator.v1.TrialPart;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/**
 * Leaves a trace of every answer: metrics, and an event on the answers topic. While Kafka is away some events wait and
 * the rest are counted as lost: no answer waits for its own record.
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

    /** What a version on trial said out of users' sight: nobody waited for it, so it is in none of their figures. */
    void shadowed(Answer answer) {
        publish(answer);
    }

    /**
     * A request that a version on trial, or the active one beside it, could not answer. What the caller did wrong, a
     * full queue and a client that went away are no fault of a version.
     *
     * @param part of the request in the trial, with the version that it held
     */
    void failed(Question question, TrialPart.Builder part, RuntimeException failure) {
        if (GrpcErrors.code(failure) == Code.INTERNAL) {
            publish(Answer.newBuilder()
                    .setAnswerId(UUID.randomUUID().toString())
                    .setQuestion(question.text())
                    .setVersion(part.getVersion())
                    .setCreateTime(Timestamps.now())
                    .setTrial(part.setFailure(String.valueOf(failure.getMessage())))
                    .build());
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
