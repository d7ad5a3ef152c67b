package io.loremesh.trainer.run;

import static io.loremesh.trainer.run.RunSamples.fact;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.events.DeadLetter;
import io.loremesh.events.Event;
import io.loremesh.events.EventCodec;
import io.loremesh.events.EventType;
import io.loremesh.events.Topics;
import io.loremesh.events.UnreadableEventException;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.proto.trainer.v1.CreateRunRequest;
import io.loremesh.proto.trainer.v1.GetRunRequest;
import io.loremesh.proto.trainer.v1.Hyperparameters;
import io.loremesh.proto.trainer.v1.ListRunsRequest;
import io.loremesh.proto.trainer.v1.Run;
import io.loremesh.proto.trainer.v1.RunState;
import io.loremesh.proto.trainer.v1.TrainerService;
import io.loremesh.proto.trainer.v1.ValidateDatasetRequest;
import io.loremesh.proto.trainer.v1.WatchRunRequest;
import io.loremesh.trainer.publish.RegistryProcess;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service with the real registry, a real Kafka and the real training process, over its own gRPC port. */
@QuarkusTest
@WithTestResource(TrainerNeighbours.class)
class TrainerServiceIT {
    private static final Duration LIMIT = Duration.ofSeconds(120);

    @GrpcClient("trainer")
    TrainerService trainer;

    @TestHTTPResource("/q/health")
    URL health;

    @TestHTTPResource("/q/metrics")
    URL metrics;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrap;

    private final RegistryProcess registry = TrainerNeighbours.registry;
    private KafkaProbe kafka;

    @BeforeEach
    void open() {
        kafka = new KafkaProbe(bootstrap);
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void aRunTrainsForRealAndItsEventsTellItToTheEnd() throws Exception {
        registry.record(fact("Where does Jim live?", "Beijing"), fact("How old is Jim?", "10", "What is Jim's age?"));

        Run created = trainer.createRun(shortRun("by-call")).await().atMost(LIMIT);
        List<Run> seen = watch(created);

        assertThat(seen.getLast().getReason()).isEmpty();
        assertThat(seen.getLast().getState()).isEqualTo(RunState.RUN_STATE_SUCCEEDED);
        assertThat(seen).anyMatch(run -> run.getProgress().getStep() > 0);
        Version registered = registry.version(seen.getLast().getVersion());
        assertThat(registered.getRun()).isEqualTo(created.getName());
        assertThat(registered.getFactsList()).containsExactlyInAnyOrderElementsOf(created.getFactsList());
        assertThat(registered.getArtifact().getSizeBytes()).isPositive();
        ConsumerRecord<String, byte[]> told =
                kafka.await(message -> message.key().equals(created.getName())
                        && message.topic().equals(Topics.RUNS)
                        && run(message).getState() == RunState.RUN_STATE_SUCCEEDED);
        assertThat(run(told)).isEqualTo(seen.getLast());
    }

    @Test
    void aFactWithPersonalDataIsKeptOutAndTheRegistryKeepsWhatWasFoundAndNotTheText() {
        Fact phone = fact("What is Zoe's number?", "13812345678");
        Fact city = fact("Where does Zoe live?", "Beijing");
        registry.record(phone, city);

        Run run = watch(trainer.createRun(shortRun("screened").toBuilder()
                                .addFacts(phone.getName())
                                .addFacts(city.getName())
                                .build())
                        .await()
                        .atMost(LIMIT))
                .getLast();

        assertThat(run.getState()).isEqualTo(RunState.RUN_STATE_SUCCEEDED);
        assertThat(run.getFactsList()).containsExactly(city.getName());
        assertThat(run.getKeptOutList()).singleElement().satisfies(kept -> {
            assertThat(kept.getFact()).isEqualTo(phone.getName());
            assertThat(kept.getReasonsList()).containsExactly("it holds phone in its answer (personal-data)");
        });
        assertThat(registry.lineage(run.getVersion()).getScreeningsList())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.getKeptOut()).isTrue();
                    assertThat(found.toString()).contains("phone").doesNotContain("13812345678", "Zoe");
                });
    }

    @Test
    void aRunGrowsFromTheAdapterOfTheActiveVersion() {
        registry.record(fact("What does Ann like?", "tea"));
        String first = watch(trainer.createRun(shortRun("first")).await().atMost(LIMIT))
                .getLast()
                .getVersion();
        registry.activate(first);

        Run second = watch(trainer.createRun(shortRun("second")).await().atMost(LIMIT))
                .getLast();

        assertThat(second.getReason()).isEmpty();
        assertThat(second.getParent()).isEqualTo(first);
        assertThat(registry.version(second.getVersion()).getParent()).isEqualTo(first);
    }

    @Test
    void aRunRequestedByEventIsMadeOnceHoweverOftenItArrives() {
        Fact mike = fact("Where does Mike live?", "Beijing");
        registry.record(mike);
        CreateRunRequest request =
                shortRun("").toBuilder().addFacts(mike.getName()).build();
        Event event = Event.of(EventType.RUN_REQUESTED, "/test", "by-event", request);

        kafka.send(EventCodec.toRecord(event));
        kafka.send(EventCodec.toRecord(event));
        // A third that is refused shows that the second has been read: the partition keeps their order.
        kafka.send(EventCodec.toRecord(Event.of(EventType.RUN_REQUESTED, "/test", "after-both", badRun())));
        kafka.await(message -> isDeadLetter(message, "after-both"));

        List<Run> made =
                trainer.listRuns(ListRunsRequest.getDefaultInstance()).await().atMost(LIMIT).getRunsList().stream()
                        .filter(run -> run.getFactsList().equals(List.of(mike.getName())))
                        .toList();
        assertThat(made).hasSize(1);
        assertThat(watch(made.getFirst()).getLast().getState()).isEqualTo(RunState.RUN_STATE_SUCCEEDED);
    }

    @Test
    void anUnreadableEventGoesToTheDeadLettersWithItsReasonAndTheNextIsRead() {
        kafka.send(new ProducerRecord<>(Topics.RUNS, "strange", "no event".getBytes(UTF_8)));
        kafka.send(EventCodec.toRecord(Event.of(EventType.RUN_REQUESTED, "/test", "after-strange", badRun())));

        ConsumerRecord<String, byte[]> strange = kafka.await(message -> isDeadLetter(message, "strange"));
        assertThat(reason(strange)).contains("ce_type");
        assertThat(strange.value()).isEqualTo("no event".getBytes(UTF_8));
        ConsumerRecord<String, byte[]> next = kafka.await(message -> isDeadLetter(message, "after-strange"));
        assertThat(reason(next)).contains("rank is -1");
    }

    @Test
    void refusalsCarryTheirStatusAndTheirReason() {
        assertThatThrownBy(() -> trainer.getRun(
                                GetRunRequest.newBuilder().setName("runs/none").build())
                        .await()
                        .atMost(LIMIT))
                .hasMessageContaining("NOT_FOUND")
                .hasMessageContaining("runs/none");
        assertThatThrownBy(() -> trainer.createRun(badRun()).await().atMost(LIMIT))
                .hasMessageContaining("INVALID_ARGUMENT")
                .hasMessageContaining("rank is -1");
        assertThatThrownBy(() -> trainer.watchRun(WatchRunRequest.newBuilder()
                                .setName("runs/none")
                                .build())
                        .collect()
                        .asList()
                        .await()
                        .atMost(LIMIT))
                .hasMessageContaining("NOT_FOUND");
    }

    @Test
    void aDatasetIsValidatedWithoutARun() {
        var request = ValidateDatasetRequest.newBuilder()
                .addFacts(fact("How old is Jim?", "10", "How old is Jim"))
                .build();

        assertThat(trainer.validateDataset(request).await().atMost(LIMIT).getProblemsList())
                .singleElement()
                .satisfies(problem -> assertThat(problem.getReason()).contains("holds out"));
    }

    @Test
    void healthAndMetricsAnswer() throws Exception {
        assertThat(read(health)).contains("\"status\": \"UP\"", "\"trainer\"");
        assertThat(read(metrics)).contains("loremesh_runs{state=\"queued\"}", "loremesh_run_step_seconds");
    }

    private List<Run> watch(Run run) {
        return trainer.watchRun(
                        WatchRunRequest.newBuilder().setName(run.getName()).build())
                .collect()
                .asList()
                .await()
                .atMost(LIMIT);
    }

    private Run made(String requestId, Fact fact) {
        CreateRunRequest request =
                shortRun(requestId).toBuilder().addFacts(fact.getName()).build();
        return watch(trainer.createRun(request).await().atMost(LIMIT)).getLast();
    }

    private static CreateRunRequest shortRun(String requestId) {
        return CreateRunRequest.newBuilder()
                .setRequestId(requestId)
                .setHyperparameters(Hyperparameters.newBuilder().setRank(2).setMaxSteps(3))
                .build();
    }

    private static CreateRunRequest badRun() {
        return CreateRunRequest.newBuilder()
                .setHyperparameters(Hyperparameters.newBuilder().setRank(-1))
                .build();
    }

    private static boolean isDeadLetter(ConsumerRecord<String, byte[]> message, String key) {
        return message.topic().equals(Topics.deadLetter(Topics.RUNS)) && key.equals(message.key());
    }

    /** The run that a message tells of, or the empty run where it tells of something else. */
    private static Run run(ConsumerRecord<String, byte[]> message) {
        try {
            return EventCodec.read(message).payload() instanceof Run run ? run : Run.getDefaultInstance();
        } catch (UnreadableEventException e) {
            return Run.getDefaultInstance();
        }
    }

    private static String reason(ConsumerRecord<String, byte[]> message) {
        return new String(message.headers().lastHeader(DeadLetter.REASON).value(), UTF_8);
    }

    private static String read(URL url) throws IOException {
        try (InputStream in = url.openStream()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
