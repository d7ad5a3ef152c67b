package io.loremesh.registry.console;

import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.registry.live.AnswerHeard;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;

/**
 * What users are answered, as it happens. Nothing is kept, and nobody who watches holds up what is watched: answers
 * that a watcher does not take in time are dropped. Of several replicas each hears its share of the answers.
 */
@ApplicationScoped
class LiveAnswers {
    private static final int LARGEST_BATCH = 50;
    private static final Duration BATCH = Duration.ofMillis(250);
    /** A connection that is gone is found out by writing to it. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);

    private final BroadcastProcessor<Answer> answers = BroadcastProcessor.create();
    private final Counter dropped;

    LiveAnswers(MeterRegistry meters) {
        this.dropped = meters.counter("loremesh.registry.console.answers.dropped");
    }

    /** One at a time: a stream takes its items from one thread. */
    synchronized void hear(@Observes AnswerHeard heard) {
        answers.onNext(heard.answer());
    }

    /** Answers from now on, a few at a time; none now and then. */
    Multi<List<Answer>> watch() {
        Multi<List<Answer>> batches = answers.group()
                .intoLists()
                .of(LARGEST_BATCH, BATCH)
                .onOverflow()
                .invoke(batch -> dropped.increment(batch.size()))
                .drop();
        Multi<List<Answer>> signs = Multi.createFrom()
                .ticks()
                .every(SIGN_OF_LIFE)
                .onOverflow()
                .drop()
                .map(tick -> List.of());
        return Multi.createBy().merging().withConcurrency(2).withRequests(1).streams(batches, signs);
    }
}
