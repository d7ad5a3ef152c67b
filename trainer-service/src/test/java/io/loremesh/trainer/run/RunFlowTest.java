package io.loremesh.trainer.run;

import static io.loremesh.trainer.run.RunSamples.fact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.loremesh.model.TinyBase;
import io.loremesh.model.adapter.AdapterArchive;
import io.loremesh.model.checkpoint.ModelFormatException;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.proto.trainer.v1.CreateRunRequest;
import io.loremesh.trainer.dataset.practice.Practices;
import io.loremesh.trainer.publish.BaseModelFiles;
import io.loremesh.trainer.publish.RegistryServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunFlowTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final RegistryServer registry = new RegistryServer();
    private RunBoard board;
    private RunFlow flow;
    private BaseModelFiles base;

    @TempDir
    Path dir;

    @BeforeEach
    void open() throws Exception {
        base = new BaseModelFiles(
                "demo", TinyBase.write(Files.createDirectory(dir.resolve("base")), TinyBase.CONFIG, 1));
        RunStore store = new RunStore(dir.resolve("runs"));
        board = new RunBoard(store, said -> {}, InstantSource.system());
        TrainingCommand command =
                new TrainingCommand(System.getProperty("java.class.path"), ScriptedTraining.class.getName(), "64m");
        TrainingBench bench = new TrainingBench(store, base, command, 1, Duration.ofSeconds(3));
        flow = new RunFlow(
                board,
                registry.client(),
                base,
                Practices.ofThisProcess(),
                bench,
                profile -> RunSamples.SETTINGS,
                new StepMeter(new SimpleMeterRegistry()));
    }

    @AfterEach
    void close() {
        flow.close();
        registry.close();
    }

    @Test
    void aBaseWhosePracticeIsNotThereIsToldBeforeTheRunWaits() throws Exception {
        registry.record(fact("Where does Jim live?", "Beijing"));
        Files.writeString(base.dir().resolve("loremesh.json"), "{\"practice\": \"far-away\"}");

        assertThatThrownBy(() -> flow.create(CreateRunRequest.getDefaultInstance()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("loremesh.json")
                .hasMessageContaining("\"far-away\"")
                .hasMessageContaining("loremesh.trainer.practices");
        assertThat(board.newestFirst()).isEmpty();
    }

    @Test
    void aRunOverWhatIsNotLearnedEndsAsAVersionInTheRegistry() throws Exception {
        registry.record(fact("Where does Jim live?", "Beijing"), fact("How old is Jim?", "10"), fact("Who?", "Jim"));

        Run run = end(flow.create(CreateRunRequest.getDefaultInstance()));

        assertThat(run.state()).isInstanceOf(RunState.Succeeded.class);
        Version version = registry.versions().getFirst();
        assertThat(((RunState.Succeeded) run.state()).version()).isEqualTo(version.getName());
        assertThat(version.getFactsList()).hasSize(3).isEqualTo(run.facts());
        assertThat(version.getBaseDigest()).isEqualTo(base.describe().getDigest());
        assertThat(version.getRun()).isEqualTo(run.name());
        assertThat(version.getTrainingMap())
                .containsEntry("steps", "2")
                .containsEntry("rank", "4")
                .containsEntry("trained_accuracy", "0.500");
        assertThat(registry.bases()).contains(base.describe());
        Path unpacked = Files.createDirectory(dir.resolve("unpacked"));
        AdapterArchive.unpack(
                new ByteArrayInputStream(registry.artifact(version.getArtifact().getDigest())), unpacked);
        assertThat(unpacked.resolve("adapter_config.json")).exists();
    }

    @Test
    void aSecondRunGoesOnFromTheActiveVersionAndReplaysWhatItLearned() throws Exception {
        registry.record(fact("Where does Jim live?", "Beijing"));
        end(flow.create(CreateRunRequest.getDefaultInstance()));
        registry.activate(registry.versions().getFirst());
        registry.record(fact("How old is Jim?", "10"));

        Run run = end(flow.create(CreateRunRequest.getDefaultInstance()));

        assertThat(run.facts()).hasSize(1);
        assertThat(run.parent()).isEqualTo("models/demo/versions/1");
        assertThat(registry.versions().getLast().getParent()).isEqualTo("models/demo/versions/1");
        assertThat(Files.readString(dir.resolve("runs").resolve(run.id()).resolve("spec.json")))
                .contains("parentAdapterDir", "Where does Jim live?");
    }

    @Test
    void theSameRequestTrainsOnce() {
        registry.record(fact("Where does Jim live?", "Beijing"));
        CreateRunRequest request =
                CreateRunRequest.newBuilder().setRequestId("4711").build();

        Run first = flow.create(request);
        end(first);

        assertThat(flow.create(request).name()).isEqualTo(first.name());
        assertThat(registry.versions()).hasSize(1);
    }

    @Test
    void aHeldOutPhrasingThatIsTrainedOnIsRefused() {
        registry.record(fact("How old is Jim?", "10", "What is Jim's age?"), fact("What is Jim's age?", "10"));

        assertThatThrownBy(() -> flow.create(CreateRunRequest.getDefaultInstance()))
                .isInstanceOf(TrainerException.NotPossible.class)
                .hasMessageContaining("What is Jim's age?");
        assertThat(board.newestFirst()).isEmpty();
    }

    @Test
    void whatThePolicyKeepsOutIsNotTrainedOnAndTheRunSaysWhy() throws Exception {
        Fact wrong = fact("How old is Jim?", "11");
        registry.record(fact("Where does Jim live?", "Beijing"), wrong);
        registry.keepOut(wrong, "the authority says “10” (a.jsonl:1)");

        Run run = end(flow.create(CreateRunRequest.getDefaultInstance()));

        assertThat(run.facts())
                .containsExactly(fact("Where does Jim live?", "Beijing").getName());
        assertThat(run.keptOut())
                .containsExactly(new KeptOut(wrong.getName(), List.of("the authority says “10” (a.jsonl:1)")));
        Version version = registry.versions().getFirst();
        assertThat(version.getFactsList()).isEqualTo(run.facts());
        assertThat(version.getTrainingMap())
                .containsEntry("screening_policy", "strict@sha256:1")
                .containsEntry("authority", "a.jsonl@sha256:2")
                .containsEntry("kept_out_facts", "1");
        assertThat(Files.readString(dir.resolve("runs").resolve(run.id()).resolve("spec.json")))
                .contains("Where does Jim live?")
                .doesNotContain("How old is Jim?");
        assertThat(registry.screened())
                .as("what is found is kept with this run, before it waits and when it begins")
                .hasSize(2)
                .allMatch(request -> request.getRun().equals(run.name()));
        assertThat(new RunStore(dir.resolve("runs")).recover(RunSamples.NOW)).containsExactly(run);
    }

    @Test
    void whatIsKeptOutWhileTheRunWaitsIsNotTrainedOnEither() {
        Fact first = fact("How old is Jim?", "wait");
        Fact late = fact("How old is Ann?", "12");
        registry.record(first, late, fact("Where does Jim live?", "Beijing"));
        Run running = flow.create(teaching(first.getName()));
        Run waiting = flow.create(CreateRunRequest.newBuilder()
                .addFacts(late.getName())
                .addFacts(fact("Where does Jim live?", "Beijing").getName())
                .build());
        awaitStep(running, 2);

        registry.keepOut(late, "it holds phone in its answer (personal-data)");
        flow.cancel(running.name()).await().atMost(LIMIT);

        Run ended = end(waiting);
        assertThat(ended.state()).isInstanceOf(RunState.Succeeded.class);
        assertThat(ended.facts()).hasSize(1).doesNotContain(late.getName());
        assertThat(ended.keptOut()).extracting(KeptOut::fact).containsExactly(late.getName());
    }

    @Test
    void aRunOfWhichEverythingIsKeptOutIsRefusedWithTheReasonAndNotWithTheFact() {
        Fact secret = fact("What is Jim's number?", "13812345678");
        registry.record(secret);
        registry.keepOut(secret, "it holds phone in its answer (personal-data)");

        assertThatThrownBy(() -> flow.create(CreateRunRequest.getDefaultInstance()))
                .isInstanceOf(TrainerException.NotPossible.class)
                .hasMessageContainingAll("strict@sha256:1", secret.getName(), "it holds phone in its answer")
                .hasMessageNotContaining("13812345678")
                .hasMessageNotContaining("Jim");
        assertThat(board.newestFirst()).isEmpty();
    }

    @Test
    void nothingToLearnARetractedAndAnUnknownFactAreRefusedByName() {
        assertThatThrownBy(() -> flow.create(CreateRunRequest.getDefaultInstance()))
                .isInstanceOf(TrainerException.NotPossible.class)
                .hasMessageContaining("nothing to learn");
        registry.record(fact("How old is Jim?", "10"));
        String name = fact("How old is Jim?", "10").getName();
        registry.retract(name);

        assertThatThrownBy(() -> flow.create(teaching(name)))
                .isInstanceOf(TrainerException.NotPossible.class)
                .hasMessageContaining(name);
        assertThatThrownBy(() -> flow.create(teaching("facts/none")))
                .isInstanceOf(TrainerException.UnknownResource.class)
                .hasMessageContaining("facts/none");
    }

    @Test
    void aProcessKilledFromOutsideFailsItsRunAndTheNextOneTrains() {
        registry.record(fact("How old is Jim?", "wait"), fact("Where does Jim live?", "Beijing"));
        Run run = flow.create(teaching(fact("How old is Jim?", "wait").getName()));
        awaitStep(run, 2);

        trainingProcess().destroyForcibly();

        assertThat(end(run).state()).isInstanceOfSatisfying(RunState.Failed.class, failed -> assertThat(failed.reason())
                .isEqualTo("training process was killed by signal 9 at step 2; start the run again"));
        Run next = flow.create(teaching(fact("Where does Jim live?", "Beijing").getName()));
        assertThat(end(next).state()).isInstanceOf(RunState.Succeeded.class);
    }

    @Test
    void whatTheProcessSaysOfItsFailureIsTheReason() {
        registry.record(fact("How old is Jim?", "fail"));

        assertThat(reason(end(flow.create(CreateRunRequest.getDefaultInstance()))))
                .isEqualTo("loss is not a number at step 1; lower the rate");
    }

    @Test
    void aProcessThatEndsWithoutAWordIsToldByItsStatusAndItsLastLogLine() {
        registry.record(fact("How old is Jim?", "crash"));

        assertThat(reason(end(flow.create(CreateRunRequest.getDefaultInstance()))))
                .isEqualTo("training process ended with status 9 at step 1: Exception in thread main: out of luck");
    }

    @Test
    void cancellingEndsTheProcessAndTheRunThatWaitsBehindIt() {
        registry.record(fact("How old is Jim?", "wait"));
        Run running = flow.create(CreateRunRequest.getDefaultInstance());
        Run waiting = flow.create(CreateRunRequest.getDefaultInstance());
        awaitStep(running, 2);
        ProcessHandle process = trainingProcess();

        Run second = flow.cancel(waiting.name()).await().atMost(LIMIT);
        Run first = flow.cancel(running.name()).await().atMost(LIMIT);

        assertThat(List.of(first.state(), second.state())).hasOnlyElementsOfType(RunState.Cancelled.class);
        assertThat(process.onExit()).succeedsWithin(LIMIT);
        assertThat(flow.cancel(running.name()).await().atMost(LIMIT)).isEqualTo(first);
    }

    @Test
    void aRunThatHasEndedOtherwiseCannotBeCancelled() {
        registry.record(fact("Where does Jim live?", "Beijing"));
        Run run = end(flow.create(CreateRunRequest.getDefaultInstance()));

        assertThatThrownBy(() -> flow.cancel(run.name()).await().atMost(LIMIT))
                .isInstanceOf(TrainerException.NotPossible.class)
                .hasMessageContaining(run.name());
    }

    @Test
    void stoppingTheServiceEndsTheProcessAndRecordsEveryRun() {
        registry.record(fact("How old is Jim?", "wait"));
        Run running = flow.create(CreateRunRequest.getDefaultInstance());
        Run waiting = flow.create(CreateRunRequest.getDefaultInstance());
        awaitStep(running, 2);
        ProcessHandle process = trainingProcess();

        flow.close();

        assertThat(process.isAlive()).isFalse();
        assertThat(new RunStore(dir.resolve("runs")).recover(RunSamples.NOW))
                .extracting(Run::name, RunFlowTest::reason)
                .containsExactlyInAnyOrder(
                        tuple(running.name(), RunStore.STOPPED), tuple(waiting.name(), RunStore.STOPPED));
    }

    private static CreateRunRequest teaching(String fact) {
        return CreateRunRequest.newBuilder().addFacts(fact).build();
    }

    private static String reason(Run run) {
        return ((RunState.Failed) run.state()).reason();
    }

    private Run end(Run run) {
        return until(run, Run::ended);
    }

    private void awaitStep(Run run, int step) {
        until(run, seen -> seen.state().progress().map(TrainingProgress::step).equals(Optional.of(step)));
    }

    private Run until(Run run, Predicate<Run> reached) {
        return board.watch(run.name())
                .select()
                .where(reached)
                .select()
                .first()
                .toUni()
                .await()
                .atMost(LIMIT);
    }

    private static ProcessHandle trainingProcess() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElseThrow();
    }
}
