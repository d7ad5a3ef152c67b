package io.loremesh.registry.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.loremesh.events.Event;
import io.loremesh.events.EventType;
import io.loremesh.knowledge.FactRules;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.AliasMove;
import io.loremesh.proto.registry.v1.ArtifactStatus;
import io.loremesh.proto.registry.v1.GetFactHistoryRequest;
import io.loremesh.proto.registry.v1.RecordFactsRequest;
import io.loremesh.proto.registry.v1.SetAliasRequest;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.registry.Eventually;
import io.loremesh.registry.KafkaCaller;
import io.loremesh.registry.RegistryCaller;
import io.loremesh.registry.artifact.ContentDigest;
import java.net.URL;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All that writes to the registry, at the same time: versions, alias moves, artifacts, facts by request, facts by Kafka
 * (some of them sent twice), and one who watches the aliases.
 */
final class Load implements AutoCloseable {
    static final String VERSIONS = "grows";
    static final String ALIASES = "moves";

    /** What the facts said when version 1 of {@link #ALIASES} learned them; they say it again now and then. */
    private static final String FIRST_ANSWER = "first";

    private static final int FACTS = 5;

    /** Events that may be on Kafka and not yet in the ledger; and those after which it is looked whether they are. */
    private static final int AHEAD = 50;

    private static final int LOOK = 10;

    private static final int ARTIFACT_BYTES = 60_000;

    private final RegistryCaller registry;
    private final KafkaCaller kafka;
    private final Watcher watcher;
    private final Writer<Version> versions = new Writer<>("versions", this::version);
    private final Writer<AliasMove> moves = new Writer<>("alias moves", this::move);
    private final Writer<Integer> artifacts = new Writer<>("artifacts", this::artifact);
    private final Writer<Fact> requested = new Writer<>("facts by request", this::request);
    private final Writer<Event> published = new Writer<>("facts by Kafka", this::publish);

    /** Events that the ledger is known to have; the publishing thread's own. */
    private int inLedger;

    /** Whether nothing more is published until the ledger has caught up. */
    private volatile boolean behind;

    Load(URL address, String bootstrap, Ledgers ledgers) {
        registry = new RegistryCaller(address);
        kafka = new KafkaCaller(bootstrap);
        registry.createModel(VERSIONS);
        registry.createModel(ALIASES);
        List<Fact> facts = firstFacts();
        registry.calls()
                .facts()
                .recordFacts(RecordFactsRequest.newBuilder().addAllFacts(facts).build());
        for (int number = 1; number <= 2; number++) {
            registry.createVersion(ALIASES, ALIASES + number, facts);
            ledgers.learned(ALIASES, number, facts);
        }
        watcher = new Watcher(address, "models/" + ALIASES);
        // A watch begins with where the aliases point: from this move on it tells every one.
        AliasMove first = registry.calls().aliases().setAlias(move("watched", 1, "before the load"));
        Eventually.within(
                BreakableParts.RECOVERY, () -> assertThat(watcher.told()).contains(first));
    }

    /** Every fact as the versions learned it. */
    static List<Fact> firstFacts() {
        return Stream.of("requested", "published")
                .flatMap(by -> IntStream.range(0, FACTS).mapToObj(each -> fact(by, each, FIRST_ANSWER)))
                .toList();
    }

    void start() {
        writers().forEach(Writer::start);
    }

    void stop() throws InterruptedException {
        for (Writer<?> writer : writers().toList()) {
            writer.stop();
        }
    }

    /** Returns when so many more writes were acknowledged, whichever. */
    void awaitWritten(int more) {
        awaitMore(more, writer -> true);
    }

    /** As {@link #awaitWritten}, of those that need not wait for one that is away. */
    void awaitWrittenWithout(BreakableParts.Part away, int more) {
        boolean kafkaIsThere = away.toString().equals("PostgreSQL");
        awaitMore(more, writer -> (writer == published) == kafkaIsThere);
    }

    private void awaitMore(int more, Predicate<Writer<?>> which) {
        long goal = count(which) + more;
        Eventually.within(BreakableParts.RECOVERY, () -> assertThat(behind || count(which) >= goal)
                .as("%d of %d writes", count(which), goal)
                .isTrue());
    }

    /** Returns when every writer got something acknowledged, and all that Kafka holds by now is in the ledger. */
    void awaitEachMoved() {
        List<Integer> before = writers().map(Writer::count).toList();
        Eventually.within(BreakableParts.RECOVERY, () -> {
            List<Writer<?>> writers = writers().toList();
            assertThat(broken()).isEmpty();
            for (int i = 0; i < writers.size(); i++) {
                assertThat(writers.get(i).count()).as(writers.get(i).toString()).isGreaterThan(before.get(i));
            }
        });
        awaitLedger();
    }

    /** Returns when all that Kafka holds by now is in the ledger. */
    void awaitLedger() {
        Event last = published.acknowledged().getLast();
        Eventually.within(
                BreakableParts.RECOVERY,
                () -> assertThat(isInLedger(last)).as("the ledger has %s", last).isTrue());
    }

    private boolean isInLedger(Event event) {
        return registry
                .calls()
                .facts()
                .getFactHistory(GetFactHistoryRequest.newBuilder()
                        .setName(event.subject())
                        .build())
                .getRevisionsList()
                .stream()
                .anyMatch(revision -> revision.getEventId().equals(event.id()));
    }

    List<String> broken() {
        return writers()
                .flatMap(writer -> writer.broken().map(failure -> writer + ": " + failure).stream())
                .toList();
    }

    Account account() {
        return new Account(
                registry,
                kafka,
                watcher,
                versions.acknowledged(),
                moves.acknowledged(),
                artifacts.acknowledged(),
                requested.acknowledged(),
                published.acknowledged());
    }

    @Override
    public void close() {
        watcher.close();
        kafka.close();
        registry.close();
    }

    @Override
    public String toString() {
        return String.join(
                ", ",
                writers()
                        .map(writer -> "%d %s (repeated %d times, %d of them after no answer)"
                                .formatted(writer.count(), writer, writer.refused(), writer.unanswered()))
                        .toList());
    }

    private Stream<Writer<?>> writers() {
        return Stream.of(versions, moves, artifacts, requested, published);
    }

    private long count(Predicate<Writer<?>> which) {
        return writers().filter(which).mapToLong(Writer::count).sum();
    }

    private Writer.Attempt<Version> version(int number) {
        return () -> registry.createVersion(VERSIONS, "adapter " + number, List.of());
    }

    private Writer.Attempt<AliasMove> move(int number) {
        SetAliasRequest request = move("active", 1 + number % 2, "move " + number);
        return () -> registry.calls().aliases().setAlias(request);
    }

    private static SetAliasRequest move(String alias, int version, String reason) {
        return SetAliasRequest.newBuilder()
                .setModel("models/" + ALIASES)
                .setAlias(alias)
                .setVersion("models/%s/versions/%d".formatted(ALIASES, version))
                .setActor("load")
                .setReason(reason)
                .build();
    }

    /** The bytes of an artifact, by its number. */
    static byte[] bytes(int number) {
        byte[] bytes = new byte[ARTIFACT_BYTES];
        new Random(number).nextBytes(bytes);
        return bytes;
    }

    private Writer.Attempt<Integer> artifact(int number) {
        byte[] bytes = bytes(number);
        String digest = ContentDigest.of(bytes).toString();
        return () -> {
            ArtifactStatus status = registry.status(digest);
            if (!status.getComplete()) {
                registry.upload(digest, bytes, (int) status.getStoredBytes(), bytes.length);
            }
            return number;
        };
    }

    private Writer.Attempt<Fact> request(int number) {
        Fact fact = fact("requested", number % FACTS, answer(number));
        var request = RecordFactsRequest.newBuilder().addFacts(fact).build();
        return () -> {
            registry.calls().facts().recordFacts(request);
            return fact;
        };
    }

    /**
     * Every third is sent twice, as a producer does that does not know whether it was heard. Never far ahead of the
     * ledger: on a slow machine it would not catch up.
     */
    private Writer.Attempt<Event> publish(int number) {
        Fact fact = fact("published", number % FACTS, answer(number));
        Event event = Event.of(EventType.FACT_RECORDED, "/load", fact.getName(), fact);
        return () -> {
            requireRoom(published.acknowledged());
            for (int time = 0; time <= (number % 3 == 0 ? 1 : 0); time++) {
                kafka.sendAcknowledged(event);
            }
            return event;
        };
    }

    private void requireRoom(List<Event> before) {
        int sent = before.size();
        if (sent - inLedger >= LOOK) {
            try {
                inLedger = isInLedger(before.get(sent - LOOK)) ? sent - LOOK + 1 : inLedger;
            } catch (StatusRuntimeException away) {
                // A ledger that is away is one more that is behind.
            }
        }
        behind = sent - inLedger >= AHEAD;
        if (behind) {
            throw Status.UNAVAILABLE.withDescription("the ledger is behind").asRuntimeException();
        }
    }

    /** Of one fact, never the same twice in a row. */
    private static String answer(int number) {
        int round = number / FACTS;
        return round % 4 == 3 ? FIRST_ANSWER : String.valueOf(round);
    }

    private static Fact fact(String by, int each, String answer) {
        return FactRules.named(Fact.newBuilder()
                .setQuestion("What is %s %d?".formatted(by, each))
                .setAnswer(answer)
                .build());
    }
}
