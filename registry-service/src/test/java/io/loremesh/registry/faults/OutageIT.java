package io.loremesh.registry.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.loremesh.events.Event;
import io.loremesh.events.EventCodec;
import io.loremesh.events.EventType;
import io.loremesh.events.Topics;
import io.loremesh.events.UnreadableEventException;
import io.loremesh.knowledge.FactRules;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.FactRetraction;
import io.loremesh.proto.registry.v1.AliasMove;
import io.loremesh.proto.registry.v1.Artifact;
import io.loremesh.proto.registry.v1.CreateVersionRequest;
import io.loremesh.proto.registry.v1.GetFactHistoryRequest;
import io.loremesh.proto.registry.v1.ListAuditEntriesRequest;
import io.loremesh.proto.registry.v1.ListVersionsRequest;
import io.loremesh.proto.registry.v1.RecordFactsRequest;
import io.loremesh.proto.registry.v1.SetAliasRequest;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.registry.Eventually;
import io.loremesh.registry.KafkaCaller;
import io.loremesh.registry.RegistryCaller;
import io.loremesh.registry.artifact.ContentDigest;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.outbox.Transactions.Lock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Single kills at the worst moment. {@code -Dloremesh.faults.outage-seconds=60} is a minute without Kafka. */
@QuarkusTest
@QuarkusTestResource(value = BreakableParts.class, restrictToAnnotatedClass = true)
class OutageIT {
    /** Longer than the outbox waits for one send, and much longer than a dead letter does. */
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("loremesh.faults.outage-seconds", 12));

    /** A call that waited for Kafka would take longer. */
    private static final Duration PROMPT = Duration.ofSeconds(8);

    @TestHTTPResource
    URL address;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrap;

    @Inject
    Transactions transactions;

    @Inject
    Ledgers ledgers;

    BreakableParts parts;

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

    @Test
    void aRegistrationThatTheDatabaseDiesUnderIsUndoneAsAWholeAndDoneOnceWhenCalledAgain() {
        registry.createModel("torn");
        byte[] bytes = "adapter of torn".getBytes(UTF_8);
        Artifact artifact = registry.upload(ContentDigest.of(bytes).toString(), bytes, 0, bytes.length);
        var request = CreateVersionRequest.newBuilder()
                .setParent("models/torn")
                .setVersion(Version.newBuilder().setArtifact(artifact).setBaseDigest(RegistryCaller.BASE_DIGEST))
                .build();
        // The audit log comes last: whoever waits for it has written the version and its event.
        Runnable release = hold(Lock.AUDIT);
        var call =
                CompletableFuture.supplyAsync(() -> registry.calls().versions().createVersion(request));
        Eventually.within(BreakableParts.RECOVERY, () -> assertThat(ledgers.waitingTransactions())
                .isEqualTo(1));

        parts.postgres().kill();
        release.run();
        parts.postgres().start();

        assertThatThrownBy(call::join)
                .hasCauseInstanceOf(StatusRuntimeException.class)
                .cause()
                .extracting(failure ->
                        ((StatusRuntimeException) failure).getStatus().getCode())
                .isEqualTo(Status.Code.UNAVAILABLE);
        Eventually.within(
                BreakableParts.RECOVERY, () -> assertThat(versions("torn")).isEmpty());
        assertThat(ledgers.waitingEvents()).isZero();
        assertThat(audited("models/torn/versions/1")).isZero();

        Version version = registry.calls().versions().createVersion(request);

        assertThat(version.getName()).isEqualTo("models/torn/versions/1");
        assertThat(registry.calls().versions().createVersion(request)).isEqualTo(version);
        assertThat(versions("torn")).containsExactly(version);
        assertThat(audited(version.getName())).isEqualTo(1);
        Eventually.within(BreakableParts.RECOVERY, () -> assertThat(ledgers.waitingEvents())
                .isZero());
        assertThat(events(version.getName())).extracting(Event::payload).containsExactly(version);
    }

    @Test
    void whatHappensWhileKafkaIsAwayIsAnsweredAtOnceAndToldInOrderWhenItIsBack() throws Exception {
        registry.createModel("quiet");
        for (int number = 1; number <= 2; number++) {
            registry.createVersion("quiet", "quiet" + number, List.of());
            ledgers.learned("quiet", number, List.of());
        }
        var moves = new ArrayList<AliasMove>();
        moves.add(move(1));
        Eventually.within(BreakableParts.RECOVERY, () -> assertThat(ledgers.waitingEvents())
                .isZero());

        parts.kafka().kill();
        Instant end = Instant.now().plus(OUTAGE);
        while (moves.size() < 2 || Instant.now().isBefore(end)) {
            Instant asked = Instant.now();
            moves.add(move(1 + moves.size() % 2));
            assertThat(Duration.between(asked, Instant.now())).isLessThan(PROMPT);
        }
        assertThat(ledgers.waitingEvents()).isEqualTo(2L * (moves.size() - 1));
        parts.kafka().start();

        Eventually.within(BreakableParts.RECOVERY, () -> assertThat(ledgers.waitingEvents())
                .isZero());
        assertThat(events("models/quiet"))
                .extracting(event -> (AliasMove) event.payload())
                .filteredOn(move -> move.getAlias().equals("active"))
                .isEqualTo(moves);
    }

    @Test
    void aLetterThatKafkaIsTooLongAwayForIsDeliveredInTheEndAndThePartitionGoesOn() throws Exception {
        Fact after = FactRules.named(Fact.newBuilder()
                .setQuestion("What comes after the outage?")
                .setAnswer("the rest")
                .build());
        String nothing = "facts/never-recorded";
        Runnable release = hold(Lock.LEDGER);
        kafka.sendAcknowledged(Event.of(
                EventType.FACT_RETRACTED,
                "/test",
                nothing,
                FactRetraction.newBuilder().setName(nothing).build()));
        Eventually.within(BreakableParts.RECOVERY, () -> assertThat(ledgers.waitingTransactions())
                .isEqualTo(1));
        parts.kafka().kill();
        // Now the registry finds out that there is nothing to retract, and has nowhere to say so.
        release.run();
        Instant end = Instant.now().plusMillis(3L * BreakableParts.LETTER_MILLIS);
        while (Instant.now().isBefore(end)) {
            registry.calls()
                    .facts()
                    .recordFacts(RecordFactsRequest.newBuilder().addFacts(after).build());
        }
        parts.kafka().start();

        kafka.sendAcknowledged(Event.of(
                EventType.FACT_RETRACTED,
                "/test",
                after.getName(),
                FactRetraction.newBuilder().setName(after.getName()).build()));

        Eventually.within(BreakableParts.RECOVERY, () -> assertThat(kafka.all(Topics.deadLetter(Topics.KNOWLEDGE)))
                .extracting(ConsumerRecord::key)
                .contains(nothing));
        Eventually.within(BreakableParts.RECOVERY, () -> assertThat(registry.calls()
                        .facts()
                        .getFactHistory(GetFactHistoryRequest.newBuilder()
                                .setName(after.getName())
                                .build())
                        .getRevisionsList())
                .last()
                .satisfies(revision -> assertThat(revision.getRetracted()).isTrue()));
    }

    private AliasMove move(int number) {
        return registry.calls()
                .aliases()
                .setAlias(SetAliasRequest.newBuilder()
                        .setModel("models/quiet")
                        .setAlias("active")
                        .setVersion("models/quiet/versions/" + number)
                        .setActor("tester")
                        .setReason("because")
                        .build());
    }

    /** Returns when the lock is held, and with what lets it go. */
    private Runnable hold(Lock lock) {
        var held = new CountDownLatch(1);
        var released = new CompletableFuture<Void>();
        transactions
                .in(lock, () -> {
                    held.countDown();
                    // The transaction goes on where it began: a session belongs to one thread.
                    Context transaction = Vertx.currentContext();
                    return Uni.createFrom()
                            .completionStage(released)
                            .emitOn(task -> transaction.runOnContext(ignored -> task.run()));
                })
                .subscribe()
                .with(done -> {}, gone -> {});
        try {
            held.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while waiting for the lock " + lock, e);
        }
        return () -> released.complete(null);
    }

    private List<Version> versions(String model) {
        return registry.calls()
                .versions()
                .listVersions(ListVersionsRequest.newBuilder()
                        .setParent("models/" + model)
                        .build())
                .getVersionsList();
    }

    private int audited(String subject) {
        return registry.calls()
                .audit()
                .listAuditEntries(
                        ListAuditEntriesRequest.newBuilder().setSubject(subject).build())
                .getEntriesCount();
    }

    /** Of one resource, in order, each id once. */
    private List<Event> events(String subject) {
        var events = new LinkedHashMap<String, Event>();
        kafka.all(Topics.VERSIONS).stream()
                .filter(message -> message.key().equals(subject))
                .map(message -> {
                    try {
                        return EventCodec.read(message);
                    } catch (UnreadableEventException e) {
                        throw new IllegalStateException("the registry published what nobody can read", e);
                    }
                })
                .forEach(event -> events.putIfAbsent(event.id(), event));
        return List.copyOf(events.values());
    }
}
