package io.loremesh.trainer.run;

import static io.loremesh.trainer.run.RunSamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunStoreTest {
    private static final Optional<TrainingProgress> PROGRESS = Optional.of(RunSamples.progress(3));

    @TempDir
    Path dir;

    static List<RunState> unfinished() {
        return List.of(
                new RunState.Queued(),
                new RunState.Preparing(),
                new RunState.Training(Optional.empty()),
                new RunState.Training(PROGRESS),
                new RunState.Publishing(PROGRESS));
    }

    static List<RunState> ended() {
        return List.of(
                new RunState.Succeeded("models/demo/versions/1", PROGRESS, NOW),
                new RunState.Failed("broke", Optional.empty(), NOW),
                new RunState.Cancelled("asked", PROGRESS, NOW));
    }

    @ParameterizedTest
    @MethodSource("unfinished")
    void aRunLeftUnfinishedIsFailedAtTheNextStartWithItsProgress(RunState left) {
        Run run = RunSamples.queued("r").in(left);
        new RunStore(dir).save(run);

        List<Run> recovered = new RunStore(dir).recover(NOW);

        Run failed = run.in(new RunState.Failed(RunStore.STOPPED, left.progress(), NOW));
        assertThat(recovered).containsExactly(failed);
        assertThat(new RunStore(dir).recover(NOW.plusSeconds(60)))
                .as("failed on disk too")
                .containsExactly(failed);
    }

    @ParameterizedTest
    @MethodSource("ended")
    void aRunThatEndedComesBackAsItWas(RunState end) {
        Run run = RunSamples.queued("r").in(end);
        new RunStore(dir).save(run);

        assertThat(new RunStore(dir).recover(NOW)).containsExactly(run);
    }

    @Test
    void oneStrangeFileHidesNoOtherRunAndIsKept() throws Exception {
        RunStore store = new RunStore(dir);
        Run run = RunSamples.queued("r").in(ended().getFirst());
        store.save(run);
        Path strange = Files.writeString(dir.resolve("strange.json"), "{\"name\": ");

        assertThat(store.recover(NOW)).containsExactly(run);
        assertThat(strange).exists();
    }

    @Test
    void aHalfWrittenReplacementIsNotSeen() throws Exception {
        RunStore store = new RunStore(dir);
        Run run = RunSamples.queued("r").in(ended().getFirst());
        store.save(run);
        Files.writeString(dir.resolve(run.id() + ".json.new"), "{\"na");

        assertThat(store.recover(NOW)).containsExactly(run);
    }

    @Test
    void savingReplacesAndLeavesNothingBeside() throws Exception {
        RunStore store = new RunStore(dir);
        Run run = RunSamples.queued("r");
        store.save(run);
        store.save(run.in(ended().getFirst()));

        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files).containsExactly(dir.resolve(run.id() + ".json"));
        }
    }
}
