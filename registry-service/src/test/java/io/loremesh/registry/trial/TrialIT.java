package io.loremesh.registry.trial;

import static io.loremesh.proto.registry.v1.AuditAction.AUDIT_ACTION_TRIAL_BEGUN;
import static io.loremesh.proto.registry.v1.AuditAction.AUDIT_ACTION_TRIAL_ENDED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.Durations;
import io.loremesh.events.Event;
import io.loremesh.events.EventType;
import io.loremesh.events.Topics;
import io.loremesh.knowledge.FactRules;
import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.generator.v1.Path;
import io.loremesh.proto.generator.v1.Timings;
import io.loremesh.proto.generator.v1.TrialArm;
import io.loremesh.proto.generator.v1.TrialPart;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.AliasMove;
import io.loremesh.proto.registry.v1.AuditAction;
import io.loremesh.proto.registry.v1.AuditEntry;
import io.loremesh.proto.registry.v1.CancelTrialRequest;
import io.loremesh.proto.registry.v1.CreateTrialRequest;
import io.loremesh.proto.registry.v1.EraseFactRequest;
import io.loremesh.proto.registry.v1.GetTrialRequest;
import io.loremesh.proto.registry.v1.ListAliasMovesRequest;
import io.loremesh.proto.registry.v1.ListAuditEntriesRequest;
import io.loremesh.proto.registry.v1.ListTrialsRequest;
import io.loremesh.proto.registry.v1.RecordFactsRequest;
import io.loremesh.proto.registry.v1.RollbackAliasRequest;
import io.loremesh.proto.registry.v1.SetAliasRequest;
import io.loremesh.proto.registry.v1.Trial;
import io.loremesh.proto.registry.v1.TrialState;
import io.loremesh.registry.Eventually;
import io.loremesh.registry.KafkaCaller;
import io.loremesh.registry.RealParts;
import io.loremesh.registry.RegistryCaller;
import io.loremesh.registry.evaluation.LedgerWriter;
import io.loremesh.registry.version.VersionName;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.URL;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The answers are made up; that they come by Kafka, are counted in PostgreSQL and move aliases is real. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
class TrialIT {
    private static final int ENOUGH = 60;

    @TestHTTPResource
    URL address;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrap;

    @Inject
    LedgerWriter evaluation;

    @Inject
    Pool database;

    private RegistryCaller registry;
    private KafkaCaller kafka;

    @BeforeEach
    void open() {
        registry = new RegistryCaller(address);
        kafka = new KafkaCaller(bootstrap);
    }

    @AfterEach
    void close() {
        kafka.close();
        registry.close();
    }

    /** Two accepted versions of a model of its own that learned the same fact, the first of them active. */
    private Fact twoVersions(String model) {
        Fact fact = FactRules.named(Fact.newBuilder()
                .setQuestion("Who runs %s?".formatted(model))
                .setAnswer("Ann")
                .build());
        registry.calls()
                .facts()
                .recordFacts(RecordFactsRequest.newBuilder().addFacts(fact).build());
        registry.createModel(model);
        for (int number = 1; number <= 2; number++) {
            registry.createVersion(model, model + number, List.of(fact));
            evaluation.learned(new VersionName(model, number), List.of(fact), true);
        }
        activate(model, 1);
        return fact;
    }

    private AliasMove activate(String model, int number) {
        return registry.calls()
                .aliases()
                .setAlias(SetAliasRequest.newBuilder()
                        .setModel("models/" + model)
                        .setAlias("active")
                        .setVersion(version(model, number))
                        .setActor("tester")
                        .setReason("because")
                        .build());
    }

    private static String version(String model, int number) {
        return new VersionName(model, number).resource();
    }

    private Trial begin(String model, int number, boolean shadow) {
        return registry.calls()
                .trials()
                .createTrial(CreateTrialRequest.newBuilder()
                        .setVersion(version(model, number))
                        .setShare(0.1)
                        .setShadow(shadow)
                        .setDuration(Durations.fromMinutes(10))
                        .setActor("ann")
                        .setReason("to be sure")
                        .build());
    }

    private Trial get(Trial trial) {
        return registry.calls()
                .trials()
                .getTrial(GetTrialRequest.newBuilder().setName(trial.getName()).build());
    }

    private static long move(Trial trial) {
        return Long.parseLong(trial.getName().substring(trial.getName().lastIndexOf('/') + 1));
    }

    private Event answered(Trial trial, TrialArm arm, int number, Answer.Builder answer) {
        String by = arm == TrialArm.TRIAL_ARM_ACTIVE ? trial.getAgainst() : trial.getVersion();
        String id = "%d-%s-%d".formatted(move(trial), arm, number);
        return Event.of(
                EventType.ANSWER_GIVEN,
                "/generator",
                "answers/" + id,
                answer.setAnswerId(id)
                        .setVersion(by)
                        .setTrial(answer.getTrialBuilder()
                                .setMove(move(trial))
                                .setArm(arm)
                                .setVersion(by))
                        .build());
    }

    private static Answer.Builder right(Fact fact) {
        return Answer.newBuilder()
                .setQuestion(fact.getQuestion())
                .setText(fact.getAnswer())
                .setFact(fact.getName())
                .setPath(Path.PATH_WEIGHTS)
                .setTimings(Timings.newBuilder().setTotal(Durations.fromMillis(20)));
    }

    private static Answer.Builder failed() {
        return Answer.newBuilder()
                .setQuestion("?")
                .setTrial(TrialPart.newBuilder().setFailure("the engine choked"));
    }

    /**
     * The consumer begins at the end of a topic that it may not have found yet, so it is said again: what came counts
     * once.
     */
    private void sayUntilCounted(Trial trial, Answer.Builder active, TrialArm arm, Answer.Builder candidate) {
        Eventually.holds(() -> {
            for (int i = 0; i < ENOUGH; i++) {
                kafka.send(answered(trial, TrialArm.TRIAL_ARM_ACTIVE, i, active.clone()));
                kafka.send(answered(trial, arm, i, candidate.clone()));
            }
            Trial now = get(trial);
            assertThat(now.getState() != TrialState.TRIAL_STATE_RUNNING
                            || now.getAgainstTally().getRequestCount() == ENOUGH
                                    && now.getVersionTally().getRequestCount() == ENOUGH)
                    .isTrue();
        });
    }

    private void letTimePass(Trial trial) {
        database.preparedQuery("update trial set due_time = now() where move = $1")
                .execute(Tuple.of(move(trial)))
                .await()
                .indefinitely();
    }

    private Trial awaitEnd(Trial trial) {
        Eventually.holds(() -> assertThat(get(trial).getState()).isNotEqualTo(TrialState.TRIAL_STATE_RUNNING));
        return get(trial);
    }

    private List<AliasMove> moves(String model, String alias) {
        return registry.calls()
                .aliases()
                .listAliasMoves(ListAliasMovesRequest.newBuilder()
                        .setModel("models/" + model)
                        .setAlias(alias)
                        .build())
                .getMovesList();
    }

    private List<AuditEntry> audited(String model, AuditAction action) {
        return registry.calls()
                .audit()
                .listAuditEntries(ListAuditEntriesRequest.newBuilder()
                        .setSubject(version(model, 2))
                        .setAction(action)
                        .build())
                .getEntriesList();
    }

    @Test
    void aCanaryThatHoldsIsPromotedWithItsFiguresInHistoryAuditLogAndEvents() {
        Fact fact = twoVersions("holds");
        Trial trial = begin("holds", 2, false);
        assertThat(trial.getState()).isEqualTo(TrialState.TRIAL_STATE_RUNNING);
        assertThat(trial.getAgainst()).isEqualTo(version("holds", 1));
        assertThat(moves("holds", "canary")).singleElement().satisfies(begun -> {
            assertThat(begun.getVersion()).isEqualTo(version("holds", 2));
            assertThat(begun.getShare()).isEqualTo(0.1);
            assertThat(begun.getSequence()).isEqualTo(move(trial));
        });

        sayUntilCounted(trial, right(fact), TrialArm.TRIAL_ARM_CANARY, right(fact));
        letTimePass(trial);
        Trial ended = awaitEnd(trial);

        assertThat(ended.getState()).as(ended.getDetail()).isEqualTo(TrialState.TRIAL_STATE_PROMOTED);
        assertThat(ended.getVersionTally().getRequestCount()).isEqualTo(ENOUGH);
        assertThat(ended.getVersionTally().getAgreementCount()).isEqualTo(ENOUGH);
        assertThat(ended.getVersionTally().getLatencyP95()).isEqualTo(20);
        assertThat(ended.getFiguresList()).hasSize(4);
        assertThat(moves("holds", "active").getFirst()).satisfies(promotion -> {
            assertThat(promotion.getVersion()).isEqualTo(version("holds", 2));
            assertThat(promotion.getReason())
                    .startsWith("canary of 10 %: errors")
                    .contains("limit 0.010");
            assertThat(promotion.getActor()).isEqualTo("trial");
        });
        assertThat(moves("holds", "canary").getFirst()).satisfies(over -> {
            assertThat(over.getVersion()).isEmpty();
            assertThat(over.getShare()).isZero();
        });
        assertThat(audited("holds", AUDIT_ACTION_TRIAL_BEGUN)).singleElement().satisfies(entry -> {
            assertThat(entry.getActor()).isEqualTo("ann");
            assertThat(entry.getDetailsMap()).containsEntry("share", "0.1").containsEntry("shadow", "false");
        });
        assertThat(audited("holds", AUDIT_ACTION_TRIAL_ENDED)).hasSize(1);
        assertThat(kafka.find(
                        Topics.VERSIONS,
                        message -> "models/holds".equals(message.key())
                                && new String(message.value(), UTF_8).contains("\"share\":0.1")))
                .isPresent();
        assertThat(registry.calls()
                        .trials()
                        .listTrials(ListTrialsRequest.newBuilder()
                                .setParent("models/holds")
                                .build())
                        .getTrialsList())
                .containsExactly(ended);
    }

    @Test
    void aVersionThatFailsIsWithdrawnBeforeItsTimeIsOverAndActiveStays() {
        Fact fact = twoVersions("fails");
        Trial trial = begin("fails", 2, true);

        sayUntilCounted(trial, right(fact), TrialArm.TRIAL_ARM_SHADOW, failed());
        Trial ended = awaitEnd(trial);

        assertThat(ended.getState()).isEqualTo(TrialState.TRIAL_STATE_WITHDRAWN);
        assertThat(ended.getDetail()).startsWith("errors, more than the active version's by 1.000");
        assertThat(moves("fails", "active")).hasSize(1);
        assertThat(moves("fails", "canary").getFirst().getReason()).startsWith("shadow of 10 %: errors");
        assertThat(begin("fails", 2, false).getState())
                .as("it may be tried again")
                .isEqualTo(TrialState.TRIAL_STATE_RUNNING);
    }

    @Test
    void withTooFewRequestsNothingIsPromotedAndItSaysSo() {
        twoVersions("quiet");
        Trial trial = begin("quiet", 2, false);
        letTimePass(trial);

        Trial ended = awaitEnd(trial);

        assertThat(ended.getState()).isEqualTo(TrialState.TRIAL_STATE_UNDECIDED);
        assertThat(ended.getDetail()).contains("too few requests", "each needs 50");
        assertThat(moves("quiet", "active")).hasSize(1);
    }

    @Test
    void onlyAnAcceptedVersionIsTriedAndOneAtATime() {
        twoVersions("single");
        registry.createVersion("single", "another", List.of());
        assertThatThrownBy(() -> begin("single", 3, false)).hasMessageContaining("was never evaluated");
        assertThatThrownBy(() -> begin("single", 1, false)).hasMessageContaining("is active already");
        Trial first = begin("single", 2, false);

        assertThatThrownBy(() -> begin("single", 2, true))
                .hasMessageContaining(first.getName())
                .hasMessageContaining("is under way");
        assertThatThrownBy(() -> registry.calls()
                        .aliases()
                        .setAlias(SetAliasRequest.newBuilder()
                                .setModel("models/single")
                                .setAlias("canary")
                                .setVersion(version("single", 2))
                                .build()))
                .hasMessageContaining("CreateTrial begins a trial");
        Trial cancelled = registry.calls()
                .trials()
                .cancelTrial(CancelTrialRequest.newBuilder()
                        .setName(first.getName())
                        .setActor("bob")
                        .setReason("wrong week")
                        .build());
        assertThat(cancelled.getState()).isEqualTo(TrialState.TRIAL_STATE_UNDECIDED);
        assertThat(cancelled.getDetail()).isEqualTo("cancelled: wrong week");
        assertThat(audited("single", AUDIT_ACTION_TRIAL_ENDED))
                .singleElement()
                .satisfies(entry -> assertThat(entry.getActor()).isEqualTo("bob"));
        assertThat(get(first)).isEqualTo(cancelled);
    }

    @Test
    void whateverMovesActiveEndsTheTrialWithThatReason() {
        twoVersions("moved");
        Trial promoted = begin("moved", 2, false);
        activate("moved", 2);
        assertThat(awaitEnd(promoted)).satisfies(ended -> {
            assertThat(ended.getState()).isEqualTo(TrialState.TRIAL_STATE_UNDECIDED);
            assertThat(ended.getDetail()).isEqualTo("`active` moved to models/moved/versions/2: because");
        });

        activate("moved", 1);
        Trial undermined = begin("moved", 2, false);
        registry.calls()
                .aliases()
                .rollbackAlias(RollbackAliasRequest.newBuilder()
                        .setModel("models/moved")
                        .setReason("it was wrong")
                        .build());
        assertThat(awaitEnd(undermined).getDetail()).contains("`active` moved to", "it was wrong");
    }

    @Test
    void anErasureEndsTheTrial() {
        Fact fact = twoVersions("forgotten");
        Trial trial = begin("forgotten", 2, false);

        assertThatThrownBy(() -> registry.calls()
                        .erasures()
                        .eraseFact(EraseFactRequest.newBuilder()
                                .setFact(fact.getName())
                                .setModel("models/forgotten")
                                .setReason("she left")
                                .build())
                        .forEachRemaining(part -> {}))
                .as("there is no generator here to prove it by")
                .hasMessageContaining("erase again for the proof");

        assertThat(awaitEnd(trial).getDetail()).contains("was erased: she left");
        assertThatThrownBy(() -> begin("forgotten", 2, false)).hasMessageContaining("which was erased");
    }
}
