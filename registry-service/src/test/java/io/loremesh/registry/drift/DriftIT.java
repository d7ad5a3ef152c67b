package io.loremesh.registry.drift;

import static io.loremesh.proto.registry.v1.AuditAction.AUDIT_ACTION_ALIAS_ROLLED_BACK;
import static io.loremesh.proto.registry.v1.DriftFinding.DRIFT_FINDING_OVERTAKEN;
import static io.loremesh.proto.registry.v1.DriftFinding.DRIFT_FINDING_ROLLED_BACK;
import static io.loremesh.proto.registry.v1.DriftFinding.DRIFT_FINDING_STEADY;
import static io.loremesh.proto.registry.v1.DriftFinding.DRIFT_FINDING_UNMEASURED;
import static io.loremesh.proto.registry.v1.DriftKind.DRIFT_KIND_LIVE_CHANGE;
import static io.loremesh.proto.registry.v1.DriftKind.DRIFT_KIND_LIVE_DIVERGENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import io.loremesh.events.Event;
import io.loremesh.events.EventType;
import io.loremesh.events.Topics;
import io.loremesh.knowledge.FactRules;
import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.generator.v1.Path;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.AliasMove;
import io.loremesh.proto.registry.v1.AuditEntry;
import io.loremesh.proto.registry.v1.DriftFigure;
import io.loremesh.proto.registry.v1.DriftFinding;
import io.loremesh.proto.registry.v1.DriftMeasurement;
import io.loremesh.proto.registry.v1.EraseFactRequest;
import io.loremesh.proto.registry.v1.ListAliasMovesRequest;
import io.loremesh.proto.registry.v1.ListAuditEntriesRequest;
import io.loremesh.proto.registry.v1.ListDriftMeasurementsRequest;
import io.loremesh.proto.registry.v1.RecordFactsRequest;
import io.loremesh.proto.registry.v1.SetAliasRequest;
import io.loremesh.registry.Eventually;
import io.loremesh.registry.KafkaCaller;
import io.loremesh.registry.RegistryCaller;
import io.loremesh.registry.drift.DriftDesk.LiveAnswer;
import io.loremesh.registry.drift.DriftRule.Judgement;
import io.loremesh.registry.evaluation.LedgerWriter;
import io.loremesh.registry.version.VersionName;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing but the generator is scripted: the monitor, PostgreSQL and Kafka are the real ones. */
@QuarkusTest
@QuarkusTestResource(value = WatchedParts.class, restrictToAnnotatedClass = true)
class DriftIT {
    /** A tick to find what is due, and a slow machine. */
    private static final Duration SLACK = Duration.ofSeconds(3);

    @TestHTTPResource
    URL address;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrap;

    @ConfigProperty(name = "quarkus.grpc.clients.generator.test-port")
    int generatorPort;

    @Inject
    DriftConfig config;

    @Inject
    DriftRecords records;

    @Inject
    DriftDesk desk;

    @Inject
    LedgerWriter evaluation;

    private RegistryCaller registry;
    private ScriptedGenerator generator;

    @BeforeEach
    void open() {
        registry = new RegistryCaller(address);
        generator = new ScriptedGenerator(generatorPort);
    }

    @AfterEach
    void close() {
        registry.close();
        generator.close();
    }

    private static String version(String model, int number) {
        return new VersionName(model, number).resource();
    }

    private void register(String model, int versions) {
        registry.createModel(model);
        for (int number = 1; number <= versions; number++) {
            registry.createVersion(model, model + number, List.of());
            evaluation.learned(new VersionName(model, number), List.of(), true);
        }
    }

    private AliasMove activate(String model, int number) {
        return point(model, "active", number);
    }

    private AliasMove point(String model, String alias, int number) {
        return registry.calls()
                .aliases()
                .setAlias(SetAliasRequest.newBuilder()
                        .setModel("models/" + model)
                        .setAlias(alias)
                        .setVersion(number == 0 ? "" : version(model, number))
                        .setActor("tester")
                        .setReason("because")
                        .build());
    }

    private List<DriftMeasurement> series(String parent) {
        return registry.calls()
                .drift()
                .listDriftMeasurements(ListDriftMeasurementsRequest.newBuilder()
                        .setParent(parent)
                        .build())
                .getMeasurementsList();
    }

    private DriftMeasurement awaitFinding(String version, DriftFinding finding) {
        Eventually.holds(() -> assertThat(series(version))
                .extracting(DriftMeasurement::getFinding)
                .contains(finding));
        return series(version).stream()
                .filter(measured -> measured.getFinding() == finding)
                .findFirst()
                .orElseThrow();
    }

    private List<AliasMove> moves(String model) {
        return registry.calls()
                .aliases()
                .listAliasMoves(ListAliasMovesRequest.newBuilder()
                        .setModel("models/" + model)
                        .setAlias("active")
                        .build())
                .getMovesList();
    }

    @Test
    void aVersionThatDriftsIsRolledBackWithinOneIntervalWithEventAuditEntryAndReason() {
        register("drifts", 2);
        activate("drifts", 1);
        AliasMove promotion = activate("drifts", 2);
        awaitFinding(version("drifts", 2), DRIFT_FINDING_STEADY);

        Instant crossed = Instant.now();
        generator.diverge(version("drifts", 2), 0.5);

        DriftMeasurement measured = awaitFinding(version("drifts", 2), DRIFT_FINDING_ROLLED_BACK);
        AliasMove back = moves("drifts").getFirst();
        assertThat(instant(back.getCreateTime()))
                .isBetween(crossed, crossed.plus(config.interval()).plus(SLACK));
        assertThat(back.getVersion()).isEqualTo(version("drifts", 1));
        assertThat(back.getActor()).isEqualTo("drift monitor");
        assertThat(back.getReason())
                .contains(
                        "drift: mean KL to the parent on neutral questions is 0.500, at promotion 0.010", "limit 0.2");
        assertThat(measured.getMove()).isEqualTo(promotion.getSequence());
        assertThat(measured.getRolledBackTo()).isEqualTo(version("drifts", 1));
        assertThat(audited("drifts", 1)).hasSize(1).first().satisfies(entry -> {
            assertThat(entry.getReason()).isEqualTo(back.getReason());
            assertThat(entry.getActor()).isEqualTo("drift monitor");
        });
        try (var kafka = new KafkaCaller(bootstrap)) {
            assertThat(kafka.find(
                            Topics.VERSIONS,
                            message -> "models/drifts".equals(message.key())
                                    && new String(
                                                    message.headers()
                                                            .lastHeader("ce_type")
                                                            .value(),
                                                    UTF_8)
                                            .equals("io.loremesh.version.rolledback.v1")
                                    && new String(message.value(), UTF_8).contains("\"alias\":\"active\"")))
                    .hasValueSatisfying(message ->
                            assertThat(new String(message.value(), UTF_8)).contains("drift: mean KL"));
        }

        // The version that it went back to is watched in its turn, and holds.
        awaitFinding(version("drifts", 1), DRIFT_FINDING_STEADY);
        assertThat(moves("drifts")).hasSize(3);
        assertThat(generator.recorded()).as("probes counted as live answers").isZero();
        assertThat(liveAt("drifts", crossed)).isEqualTo(version("drifts", 2));
        assertThat(liveAt("drifts", Instant.now())).isEqualTo(version("drifts", 1));
        assertThat(liveAt("drifts", instant(promotion.getCreateTime()).minusNanos(1_000)))
                .isEqualTo(version("drifts", 1));
    }

    @Test
    void whatUsersAreAnsweredOtherwiseGoesBackToTheBareBaseWhereNothingElseIsLeft() {
        register("live", 1);
        String version = version("live", 1);
        activate("live", 1);
        awaitFinding(version, DRIFT_FINDING_STEADY);
        try (var kafka = new KafkaCaller(bootstrap)) {
            // The consumer begins at the end of a topic that it may not have found yet: until it has them, say it
            // again.
            Eventually.holds(() -> {
                for (int i = 0; i < config.leastLive(); i++) {
                    String question = "?".repeat(i + 1);
                    kafka.send(answered(Path.PATH_WEIGHTS, version, question));
                    kafka.send(answered(Path.PATH_ABSTAINED, "models/live", "Hm" + question));
                }
                kafka.send(answered(Path.PATH_ABSTAINED, "models/live", ScriptedGenerator.TOO_LONG));
                assertThat(desk.answeredByWeights(new VersionName("live", 1))
                                .await()
                                .indefinitely())
                        .hasSize(config.leastLive());
            });
        }
        Eventually.holds(() -> assertThat(series(version).getFirst().getFiguresList())
                .as("one question that the engine cannot take does not blind the monitor")
                .extracting(DriftFigure::getKind)
                .contains(DRIFT_KIND_LIVE_CHANGE, DRIFT_KIND_LIVE_DIVERGENCE));

        generator.alter(version);

        DriftMeasurement measured = awaitFinding(version, DRIFT_FINDING_ROLLED_BACK);
        assertThat(measured.getDetail())
                .contains("share of changed answers to users' questions is 1.000", "limit 0.200, n 20");
        assertThat(measured.getRolledBackTo()).isEqualTo("models/live");
        assertThat(moves("live").getFirst().getVersion()).as("the bare base").isEmpty();
    }

    @Test
    void withoutTheGeneratorTheSeriesSaysSoAndNothingIsMoved() {
        register("away", 1);
        activate("away", 1);
        awaitFinding(version("away", 1), DRIFT_FINDING_STEADY);

        generator.close();

        DriftMeasurement unmeasured = awaitFinding(version("away", 1), DRIFT_FINDING_UNMEASURED);
        assertThat(unmeasured.getDetail()).contains("the generator is away");
        assertThat(moves("away")).hasSize(1);

        generator = new ScriptedGenerator(generatorPort);
        Eventually.holds(() -> assertThat(series("models/away").getFirst().getFinding())
                .as("the series goes on")
                .isEqualTo(DRIFT_FINDING_STEADY));
    }

    @Test
    void aMeasurementBelongsToTheVersionMeasuredAndRollsNothingBackTwice() {
        register("moves", 2);
        activate("moves", 1);
        activate("moves", 2);
        Subject before = records.subject("moves").await().indefinitely();
        var crossed = new Judgement(DRIFT_FINDING_ROLLED_BACK, List.of(), "as a test says");
        records.close(before, crossed).await().indefinitely();

        // Another replica, slower, found out the same.
        DriftMeasurement late = records.close(before, crossed).await().indefinitely();

        assertThat(late.getFinding()).isEqualTo(DRIFT_FINDING_OVERTAKEN);
        assertThat(late.getVersion()).isEqualTo(version("moves", 2));
        assertThat(late.getRolledBackTo()).isEmpty();
        assertThat(moves("moves")).hasSize(3).first().satisfies(move -> assertThat(move.getVersion())
                .isEqualTo(version("moves", 1)));
    }

    @Test
    void anIntervalIsTakenByOneReplica() {
        register("turns", 1);
        activate("turns", 1);
        long turns = IntStream.range(0, 8)
                .parallel()
                .mapToObj(replica -> desk.takeDue().await().indefinitely())
                .flatMap(List::stream)
                .filter(due -> due.model().equals("turns"))
                .count();
        // The monitor of the service itself may have been quicker than all of them.
        assertThat(turns).isLessThanOrEqualTo(1);
    }

    @Test
    void anErasedFactIsInNothingThatDriftGoesBy() {
        Fact secret = FactRules.named(Fact.newBuilder()
                .setQuestion("Who is the spy?")
                .setAnswer("Mallory")
                .build());
        registry.calls()
                .facts()
                .recordFacts(RecordFactsRequest.newBuilder().addFacts(secret).build());
        registry.createModel("erases");
        registry.createVersion("erases", "erases1", List.of(secret));
        var holder = new VersionName("erases", 1);
        evaluation.learned(holder, List.of(secret), true);
        long promotion = activate("erases", 1).getSequence();
        awaitFinding(holder.resource(), DRIFT_FINDING_STEADY);
        assertThat(baseline(promotion).answers()).containsKey("Who is the spy?");
        sample(holder, new LiveAnswer("who is the SPY", "Mallory", true));
        sample(holder, new LiveAnswer("Is it Mallory?", "yes", true));
        sample(holder, new LiveAnswer("Who was at the bar?", "Bob and Mallory.", true));
        sample(holder, new LiveAnswer("Who is the cook?", "Ann", true));
        generator.close();

        // Without the generator there is no proof, and all the rest is done.
        assertThatThrownBy(() -> registry.calls()
                        .erasures()
                        .eraseFact(EraseFactRequest.newBuilder()
                                .setFact(secret.getName())
                                .setModel("models/erases")
                                .setReason("it was a mistake")
                                .build())
                        .forEachRemaining(part -> {}))
                .hasMessageContaining("erase again for the proof");
        sample(holder, new LiveAnswer("What is the spy's name?", "Mallory", true));
        long other = point("erases", "spare", 1).getSequence();
        desk.keep(other, new Baseline(Map.of(), Map.of("late?", "Mallory"), null, null))
                .await()
                .indefinitely();

        assertThat(desk.answeredByWeights(holder).await().indefinitely())
                .as("of the holder nothing more is kept")
                .extracting(LiveAnswer::question)
                .containsExactly("Who is the cook?");
        assertThat(desk.baseline(other).await().indefinitely()).isEmpty();
        assertThat(baseline(promotion).answers()).isNotEmpty().doesNotContainKey("Who is the spy?");
    }

    private Baseline baseline(long promotion) {
        return desk.baseline(promotion).await().indefinitely().orElseThrow();
    }

    private void sample(VersionName by, LiveAnswer given) {
        desk.sample(by, given).await().indefinitely();
    }

    private List<AuditEntry> audited(String model, int number) {
        return registry
                .calls()
                .audit()
                .listAuditEntries(ListAuditEntriesRequest.newBuilder()
                        .setSubject(version(model, number))
                        .setAction(AUDIT_ACTION_ALIAS_ROLLED_BACK)
                        .build())
                .getEntriesList()
                .stream()
                .filter(entry -> entry.getDetailsOrDefault("alias", "").equals("active"))
                .toList();
    }

    private String liveAt(String model, Instant time) {
        return registry.calls()
                .aliases()
                .listAliasMoves(ListAliasMovesRequest.newBuilder()
                        .setModel("models/" + model)
                        .setAlias("active")
                        .setPageSize(1)
                        .setAsOf(Timestamp.newBuilder()
                                .setSeconds(time.getEpochSecond())
                                .setNanos(time.getNano()))
                        .build())
                .getMoves(0)
                .getVersion();
    }

    private static Event answered(Path path, String version, String question) {
        return Event.of(
                EventType.ANSWER_GIVEN,
                "/generator",
                "answers/" + question.length(),
                Answer.newBuilder()
                        .setQuestion(question)
                        .setText(ScriptedGenerator.answerOf(version, question))
                        .setPath(path)
                        .setFact(path == Path.PATH_WEIGHTS ? "facts/" + question.length() : "")
                        .setVersion(version)
                        .build());
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
