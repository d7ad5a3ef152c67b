package io.loremesh.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RunStateTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final TrainingProgress PROGRESS = new TrainingProgress(3, 10, 1.5, 900, Duration.ofSeconds(7));

    @Test
    void aRunMovesFromTheQueueToItsVersion() {
        RunState.Succeeded end = new RunState.Queued()
                .prepare()
                .train()
                .progressed(PROGRESS)
                .publish()
                .succeed("models/demo/versions/1", NOW);

        assertThat(end.version()).isEqualTo("models/demo/versions/1");
        assertThat(end.progress()).contains(PROGRESS);
        assertThat(end.endTime()).isEqualTo(NOW);
    }

    @Test
    void whatFailsOrIsCancelledKeepsHowFarItCame() {
        RunState.Training training = new RunState.Queued().prepare().train().progressed(PROGRESS);

        assertThat(training.fail("broke", NOW)).isEqualTo(new RunState.Failed("broke", training.progress(), NOW));
        assertThat(training.cancel("asked", NOW)).isEqualTo(new RunState.Cancelled("asked", training.progress(), NOW));
    }

    @Test
    void eachStateOffersItsLegalTransitionsAlone() {
        Map<Class<? extends RunState>, Set<String>> legal = Map.of(
                RunState.Queued.class, Set.of("prepare", "fail", "cancel"),
                RunState.Preparing.class, Set.of("train", "fail", "cancel"),
                RunState.Training.class, Set.of("progressed", "publish", "fail", "cancel"),
                RunState.Publishing.class, Set.of("succeed", "fail", "cancel"),
                RunState.Succeeded.class, Set.of(),
                RunState.Failed.class, Set.of(),
                RunState.Cancelled.class, Set.of());

        legal.forEach((state, transitions) ->
                assertThat(transitionsOf(state)).as(state.getSimpleName()).isEqualTo(transitions));
    }

    private static Set<String> transitionsOf(Class<? extends RunState> state) {
        return Arrays.stream(state.getMethods())
                .filter(method -> RunState.class.isAssignableFrom(method.getReturnType()))
                .map(java.lang.reflect.Method::getName)
                .collect(Collectors.toSet());
    }
}
