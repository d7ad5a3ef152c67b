package io.loremesh.trainer.run;

import static io.loremesh.trainer.run.RunSamples.NOW;
import static io.loremesh.trainer.run.RunSamples.progress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunBoardTest {
    private final List<Run> announced = new ArrayList<>();
    private Instant now = NOW;
    private RunBoard board;
    private Run run;

    @TempDir
    Path dir;

    @BeforeEach
    void admit() {
        InstantSource time = () -> now;
        board = new RunBoard(new RunStore(dir), announced::add, time);
        run = board.admit(RunSamples.queued("request-1"));
    }

    @Test
    void theSameRequestFindsTheSameRun() {
        assertThat(board.admit(RunSamples.queued("request-1"))).isSameAs(run);
        assertThat(board.admit(RunSamples.queued("request-2"))).isNotEqualTo(run);
        assertThat(board.admit(RunSamples.queued("")))
                .as("no id, no protection")
                .isNotEqualTo(board.admit(RunSamples.queued("")));
    }

    @Test
    void changesOfStateAreAnnouncedAtOnceAndProgressOnceASecond() {
        train();
        for (int step = 1; step <= 10; step++) {
            now = now.plus(Duration.ofMillis(250));
            progressed(step);
        }

        assertThat(announced)
                .extracting(said ->
                        said.state().progress().map(TrainingProgress::step).orElse(0))
                .containsExactly(0, 0, 0, 4, 8);
        assertThat(board.get(run.name()).state().progress())
                .as("readers see the last")
                .contains(progress(10));
    }

    @Test
    void aWatcherSeesTheRunAsItIsThenEachChangeToItsEnd() {
        AssertSubscriber<Run> watcher = board.watch(run.name()).subscribe().withSubscriber(AssertSubscriber.create(99));

        train();
        progressed(1);
        fail();

        assertThat(watcher.awaitCompletion().getItems())
                .extracting(seen -> seen.state().getClass().getSimpleName())
                .containsExactly("Queued", "Preparing", "Training", "Training", "Failed");
    }

    @Test
    void aSlowWatcherSkipsToTheLatestAndGetsTheEnd() {
        AssertSubscriber<Run> watcher = board.watch(run.name()).subscribe().withSubscriber(AssertSubscriber.create(1));
        train();
        progressed(1);
        progressed(2);
        fail();

        watcher.request(1);

        assertThat(watcher.awaitCompletion().getItems())
                .extracting(seen -> seen.state().getClass().getSimpleName())
                .containsExactly("Queued", "Failed");
    }

    @Test
    void watchingARunThatHasEndedTellsItsEnd() {
        fail();

        assertThat(board.watch(run.name()).collect().asList().await().indefinitely())
                .containsExactly(board.get(run.name()));
    }

    @Test
    void anUnknownRunIsNamed() {
        assertThatThrownBy(() -> board.watch("runs/none"))
                .isInstanceOf(TrainerException.UnknownResource.class)
                .hasMessageContaining("runs/none");
    }

    private void train() {
        board.update(run.name(), at -> at.in(new RunState.Preparing()));
        board.update(run.name(), at -> at.in(new RunState.Training(Optional.empty())));
    }

    private void progressed(int step) {
        board.update(run.name(), at -> at.in(new RunState.Training(Optional.of(progress(step)))));
    }

    private void fail() {
        board.update(
                run.name(), at -> at.in(new RunState.Failed("broke", at.state().progress(), now)));
    }
}
