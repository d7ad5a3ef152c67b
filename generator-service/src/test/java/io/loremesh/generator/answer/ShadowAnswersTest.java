package io.loremesh.generator.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ShadowAnswersTest {
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final ShadowAnswers shadows = new ShadowAnswers(metrics);

    @AfterEach
    void stop() {
        shadows.stop();
    }

    private double counted(String fate) {
        return metrics.counter("loremesh.answer.shadows", "fate", fate).count();
    }

    private void awaitCounted(String fate, double count) {
        while (counted(fate) < count) {
            Thread.onSpinWait();
        }
        assertThat(counted(fate)).isEqualTo(count);
    }

    @Test
    void whileAUserWaitsNoShadowIsAsked() {
        shadows.userWaits();
        shadows.offer(() -> {
            throw new AssertionError("asked while a user waited");
        });
        assertThat(counted("dropped")).isEqualTo(1);
        assertThat(counted("asked")).isZero();
        shadows.userServed();
    }

    @Test
    void oneShadowIsAskedAtATimeAndTheNextIsDropped() throws Exception {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        shadows.offer(() -> {
            begun.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        shadows.offer(() -> {});
        assertThat(counted("dropped")).isEqualTo(1);
        end.countDown();
        awaitCounted("asked", 1);
    }

    @Test
    void aShadowGivesWayAtItsNextTokenOnceAUserWaits() {
        var said = new StringBuilder();
        var sink = shadows.yielding(said::append);
        sink.accept("a");
        shadows.userWaits();
        assertThatThrownBy(() -> sink.accept("b")).isInstanceOf(CancellationException.class);
        assertThat(said).hasToString("a");
        shadows.userServed();
        shadows.offer(() -> {
            throw new CancellationException("gave way");
        });
        awaitCounted("dropped", 1);
    }
}
