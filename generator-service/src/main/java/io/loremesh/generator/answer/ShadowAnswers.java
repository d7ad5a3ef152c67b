package io.loremesh.generator.answer;

import io.loremesh.generator.completion.DeltaSink;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Asks a version on trial what users asked, when nobody is waiting for an answer: one question at a time, begun while
 * no user is being answered and given up at the next token once one is. What is not asked or given up is counted as
 * dropped. Safe for concurrent use.
 */
@ApplicationScoped
class ShadowAnswers {
    private static final Logger LOG = Logger.getLogger(ShadowAnswers.class);
    private static final String METER = "loremesh.answer.shadows";

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("shadow-", 0).factory());
    private final Semaphore place = new Semaphore(1);
    private final AtomicInteger users = new AtomicInteger();
    private final Counter asked;
    private final Counter dropped;

    ShadowAnswers(MeterRegistry metrics) {
        this.asked = metrics.counter(METER, "fate", "asked");
        this.dropped = metrics.counter(METER, "fate", "dropped");
    }

    /** A user waits for an answer until {@link #userServed}. */
    void userWaits() {
        users.incrementAndGet();
    }

    void userServed() {
        users.decrementAndGet();
    }

    /** Runs the asking soon, or never. */
    void offer(Runnable asking) {
        if (users.get() > 0 || !place.tryAcquire()) {
            dropped.increment();
            return;
        }
        threads.execute(() -> {
            try {
                asking.run();
                asked.increment();
            } catch (CancellationException yielded) {
                dropped.increment();
            } catch (RuntimeException failure) {
                // Counted against the version where it is its fault; it is nobody's answer.
                asked.increment();
                LOG.debugf("A shadow answer failed: %s", failure.getMessage());
            } finally {
                place.release();
            }
        });
    }

    /** Gives a decoding up, at its next token, for a user who waits. */
    DeltaSink yielding(DeltaSink sink) {
        return delta -> {
            if (users.get() > 0) {
                throw new CancellationException("A user waits for an answer");
            }
            sink.accept(delta);
        };
    }

    @PreDestroy
    void stop() {
        threads.shutdown();
    }
}
