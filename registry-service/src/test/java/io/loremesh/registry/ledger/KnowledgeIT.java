package io.loremesh.registry.ledger;

import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_LEARNED;
import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_STALE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.loremesh.events.DeadLetter;
import io.loremesh.events.Event;
import io.loremesh.events.EventCodec;
import io.loremesh.events.EventType;
import io.loremesh.events.Topics;
import io.loremesh.knowledge.FactRules;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.FactRetraction;
import io.loremesh.proto.registry.v1.DiffVersionsRequest;
import io.loremesh.proto.registry.v1.FactHistory;
import io.loremesh.proto.registry.v1.FactRevision;
import io.loremesh.proto.registry.v1.GetFactHistoryRequest;
import io.loremesh.proto.registry.v1.LedgerEntry;
import io.loremesh.proto.registry.v1.ListFactsRequest;
import io.loremesh.proto.registry.v1.ListLedgerEntriesRequest;
import io.loremesh.proto.registry.v1.RecordFactsRequest;
import io.loremesh.registry.Eventually;
import io.loremesh.registry.KafkaCaller;
import io.loremesh.registry.RealParts;
import io.loremesh.registry.RegistryCaller;
import io.loremesh.registry.evaluation.LedgerWriter;
import io.loremesh.registry.resource.Timestamps;
import io.loremesh.registry.version.VersionName;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealParts.class)
class KnowledgeIT {
    @TestHTTPResource
    URL address;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrap;

    @Inject
    LedgerWriter evaluation;

    @Inject
    KnowledgeConsumer consumer;

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

    private static Fact fact(String question, String answer) {
        return FactRules.named(
                Fact.newBuilder().setQuestion(question).setAnswer(answer).build());
    }

    private static Event recorded(Fact fact) {
        return Event.of(EventType.FACT_RECORDED, "/test", fact.getName(), fact);
    }

    private static Event retracted(Fact fact) {
        return Event.of(
                EventType.FACT_RETRACTED,
                "/test",
                fact.getName(),
                FactRetraction.newBuilder().setName(fact.getName()).build());
    }

    private FactHistory history(Fact fact) {
        return registry.calls()
                .facts()
                .getFactHistory(GetFactHistoryRequest.newBuilder()
                        .setName(fact.getName())
                        .build());
    }

    @Test
    void factsFromKafkaAreRecordedOnce() {
        Fact first = fact("What does the kitten eat?", "fish");
        Event event = recorded(first);
        Fact last = fact("Where does the kitten sleep?", "sofa");

        kafka.send(event);
        kafka.send(event);
        kafka.send(recorded(first));
        kafka.send(recorded(last));

        Eventually.holds(() -> assertThat(history(last).getRevisionsCount()).isEqualTo(1));
        FactRevision only = history(first).getRevisions(0);
        assertThat(history(first).getRevisionsCount()).isEqualTo(1);
        assertThat(only.getEventId()).isEqualTo(event.id());
        assertThat(only.getFact().getLanguage()).isEqualTo("en");
    }

    @Test
    void anOldEventDeliveredAgainDoesNotBringItsAnswerBack() {
        Event ten = recorded(fact("How old is Ann?", "10"));
        Event eleven = recorded(fact("How old is Ann?", "11"));
        Fact marker = fact("Is Ann done?", "yes");

        List.of(ten, eleven, ten, recorded(marker)).forEach(kafka::send);

        Eventually.holds(() -> assertThat(history(marker).getRevisionsCount()).isEqualTo(1));
        assertThat(history((Fact) ten.payload()).getRevisionsList())
                .extracting(revision -> revision.getFact().getAnswer())
                .containsExactly("10", "11");
    }

    @Test
    void answersThatContradictEachOtherAtTheSameInstantAreAllKeptAndTheLastOneHolds() {
        var instant = Timestamp.newBuilder().setSeconds(1_800_000_000).build();
        List<Fact> contradicting = IntStream.range(0, 12)
                .mapToObj(each -> fact("Who won?", "team " + each).toBuilder()
                        .setValidFrom(instant)
                        .build())
                .toList();
        registry.createModel("contradicted");
        Fact learned = contradicting.getFirst();
        registry.calls()
                .facts()
                .recordFacts(RecordFactsRequest.newBuilder().addFacts(learned).build());
        registry.createVersion("contradicted", "adapter of contradicted", List.of(learned));
        evaluation.learned(new VersionName("contradicted", 1), List.of(learned), true);

        // Half of them by request and half by Kafka, all at once.
        contradicting.subList(1, 12).parallelStream().forEach(each -> {
            if (each.getAnswer().hashCode() % 2 == 0) {
                registry.calls()
                        .facts()
                        .recordFacts(
                                RecordFactsRequest.newBuilder().addFacts(each).build());
            } else {
                kafka.send(recorded(each));
            }
        });

        Eventually.holds(() -> assertThat(history(learned).getRevisionsCount()).isEqualTo(12));
        List<FactRevision> revisions = history(learned).getRevisionsList();
        assertThat(revisions)
                .extracting(FactRevision::getRevision)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 12).boxed().toList());
        assertThat(revisions)
                .extracting(revision -> revision.getFact().getAnswer())
                .containsExactlyInAnyOrderElementsOf(
                        contradicting.stream().map(Fact::getAnswer).toList());
        assertThat(current(learned).getAnswer())
                .isEqualTo(revisions.getLast().getFact().getAnswer());
        assertThat(history(learned).getLedgerList())
                .extracting(LedgerEntry::getState)
                .containsExactly(KNOWLEDGE_STATE_STALE);
    }

    @Test
    void clocksThatDifferChangeNeitherTheOrderNorWhenItWasRecorded() {
        Fact early = fact("What time is it?", "yesterday");
        Fact late = fact("What time is it?", "tomorrow");
        Fact unwritable = fact("When is the end of time?", "never");
        Fact marker = fact("Is the clock done?", "yes");
        Instant before = Instant.now().minusSeconds(1);

        // The producer's clock runs an hour ahead, is set right, and once tells a year that no contract can write.
        kafka.send(at(Instant.now().plus(1, ChronoUnit.HOURS), late));
        kafka.send(at(Instant.now().minus(365, ChronoUnit.DAYS), early));
        kafka.send(at(Instant.parse("+100000-01-01T00:00:00Z"), unwritable));
        kafka.send(recorded(marker));

        Eventually.holds(() -> assertThat(history(marker).getRevisionsCount()).isEqualTo(1));
        assertThat(history(early).getRevisionsList())
                .extracting(revision -> revision.getFact().getAnswer())
                .as("as they lie on the topic")
                .containsExactly("tomorrow", "yesterday");
        assertThat(current(early).getAnswer()).isEqualTo("yesterday");
        assertThat(history(early).getRevisionsList())
                .extracting(revision -> Timestamps.read(revision.getRecordTime()))
                .as("by the registry's clock")
                .allMatch(time ->
                        time.isAfter(before) && time.isBefore(Instant.now().plusSeconds(1)))
                .isSorted();
        assertThat(kafka.find(
                        Topics.deadLetter(Topics.KNOWLEDGE),
                        letter -> unwritable.getName().equals(letter.key())))
                .as("a fact of no instant is set aside")
                .isPresent();
    }

    private static Event at(Instant time, Fact fact) {
        Event now = recorded(fact);
        return new Event(now.id(), now.type(), now.source(), now.subject(), time, now.payload());
    }

    private Fact current(Fact fact) {
        return registry
                .calls()
                .facts()
                .listFacts(ListFactsRequest.newBuilder().setPageSize(1_000).build())
                .getFactsList()
                .stream()
                .filter(each -> each.getName().equals(fact.getName()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void updateMakesTheLearnedFactStale() {
        Fact age = fact("How old is Jim?", "10");
        Fact food = fact("What does Jim eat?", "meat");
        registry.calls()
                .facts()
                .recordFacts(RecordFactsRequest.newBuilder()
                        .addFacts(age)
                        .addFacts(food)
                        .build());
        registry.createModel("stale");
        var version = registry.createVersion("stale", "adapter of stale", List.of(age, food));
        evaluation.learned(new VersionName("stale", 1), List.of(age, food), true);
        var learned = ListLedgerEntriesRequest.newBuilder()
                .setVersion(version.getName())
                .setState(KNOWLEDGE_STATE_LEARNED)
                .build();
        assertThat(registry.calls().facts().listLedgerEntries(learned).getEntriesCount())
                .isEqualTo(2);

        kafka.send(recorded(fact("How old is Jim?", "11")));

        Eventually.holds(() -> assertThat(
                        registry.calls().facts().listLedgerEntries(learned).getEntriesList())
                .extracting(entry -> entry.getFact().getName())
                .containsExactly(food.getName()));
        assertThat(history(age).getLedger(0).getState()).isEqualTo(KNOWLEDGE_STATE_STALE);
        assertThat(registry.calls()
                        .facts()
                        .listFacts(ListFactsRequest.newBuilder()
                                .setNotLearnedBy(version.getName())
                                .setPageSize(1_000)
                                .build())
                        .getFactsList())
                .extracting(Fact::getName)
                .contains(age.getName())
                .doesNotContain(food.getName());
        var diff = registry.calls()
                .diffs()
                .diffVersions(DiffVersionsRequest.newBuilder()
                        .setBase("models/stale")
                        .setCandidate(version.getName())
                        .build());
        assertThat(diff.getGainedList())
                .extracting(change -> change.getFact().getName())
                .containsExactly(food.getName());
        assertThat(diff.getStale(0).getFact().getAnswer()).isEqualTo("11");
        assertThat(diff.getStale(0).getAnswerAfter()).isEqualTo("10");
        assertThat(diff.getStale(0).getAccuracyAfter())
                .as("by the fact as it stands")
                .isZero();
        var held = registry.calls()
                .diffs()
                .diffVersions(DiffVersionsRequest.newBuilder()
                        .setBase(version.getName())
                        .setCandidate(version.getName())
                        .build())
                .getSignificance()
                .getCandidate();
        assertThat(held.getValue()).as("one of two still holds").isEqualTo(0.5);

        kafka.send(retracted(food));

        Eventually.holds(() -> assertThat(history(food).getLedger(0).getState()).isEqualTo(KNOWLEDGE_STATE_STALE));
        assertThat(history(food).getRevisions(1).getRetracted()).isTrue();
    }

    @Test
    void whatABatchSaysOfAFactIsAppliedInOrderAndLeavesItsLineAsTheLastLeavesIt() {
        Fact ten = fact("How old is Sue?", "10");
        Fact eleven = fact("How old is Sue?", "11");
        Fact food = fact("What does Sue eat?", "rice");
        consume(recorded(ten), recorded(food));
        registry.createModel("batched");
        registry.createVersion("batched", "adapter of batched", List.of(ten, food));
        evaluation.learned(new VersionName("batched", 1), List.of(ten, food), true);
        Event once = recorded(eleven);

        consume(once, retracted(food), recorded(ten), once);

        assertThat(history(ten).getRevisionsList())
                .extracting(revision -> revision.getFact().getAnswer())
                .containsExactly("10", "11", "10");
        assertThat(history(ten).getLedger(0).getState())
                .as("stale for a moment, then right again")
                .isEqualTo(KNOWLEDGE_STATE_LEARNED);
        assertThat(history(food).getLedger(0).getState()).isEqualTo(KNOWLEDGE_STATE_STALE);
    }

    @Test
    void oneThatTheDatabaseRefusesGoesToTheDeadLettersAndTheRestOfItsBatchGoesIn() {
        List<Fact> good = IntStream.range(0, 11)
                .mapToObj(i -> fact("What is in drawer %d?".formatted(i), "socks"))
                .toList();
        // No text column takes a NUL.
        Event refused = new Event(
                "nul\0",
                EventType.FACT_RECORDED,
                URI.create("/test"),
                "refused-key",
                Instant.now(),
                fact("What is in no drawer?", "nothing"));
        Event unknown = retracted(fact("What was never said?", "this"));
        var batch = new ArrayList<>(good.stream().map(KnowledgeIT::recorded).toList());
        batch.add(4, refused);
        batch.add(8, unknown);

        consume(batch.toArray(Event[]::new));

        assertThat(good).allSatisfy(fact -> assertThat(history(fact).getRevisionsCount())
                .isEqualTo(1));
        assertThat(reason("refused-key")).contains("control character");
        assertThat(reason(unknown.subject())).contains("there is no fact");
    }

    /** As if all had arrived at once. */
    private void consume(Event... events) {
        var messages = new ArrayList<ConsumerRecord<String, byte[]>>();
        for (Event event : events) {
            var sent = EventCodec.toRecord(event);
            var message = new ConsumerRecord<>(Topics.KNOWLEDGE, 0, messages.size(), sent.key(), sent.value());
            sent.headers().forEach(message.headers()::add);
            messages.add(message);
        }
        consumer.consume(new ConsumerRecords<>(Map.of(new TopicPartition(Topics.KNOWLEDGE, 0), messages), Map.of()))
                .await()
                .atMost(Duration.ofSeconds(30));
    }

    @Test
    void whatCannotBeReadOrAppliedGoesToTheDeadLettersAndThePartitionGoesOn() {
        Fact after = fact("What comes after the bad ones?", "a good one");
        kafka.send(new ProducerRecord<>(Topics.KNOWLEDGE, "no-event", "{not json".getBytes(UTF_8)));
        var torn = new ProducerRecord<>(Topics.KNOWLEDGE, "torn", "{not json".getBytes(UTF_8));
        EventCodec.toRecord(recorded(after)).headers().forEach(torn.headers()::add);
        kafka.send(torn);
        kafka.send(recorded(
                Fact.newBuilder().setQuestion("Who asks without an answer?").build()));
        kafka.send(recorded(after));

        Eventually.holds(() -> assertThat(history(after).getRevisionsCount()).isEqualTo(1));
        assertThat(reason("no-event")).contains("ce_type is missing");
        assertThat(reason("torn")).contains("does not fit its schema");
        assertThat(reason("")).contains("has no answer");
    }

    @Test
    void junkOnTheVersionsTopicGoesToItsDeadLettersWithWhereItLay() {
        kafka.send(new ProducerRecord<>(Topics.VERSIONS, "junk", "{not json".getBytes(UTF_8)));

        assertThat(kafka.find(Topics.deadLetter(Topics.VERSIONS), letter -> "junk".equals(letter.key())))
                .hasValueSatisfying(letter -> {
                    assertThat(header(letter, DeadLetter.REASON)).contains("ce_type is missing");
                    assertThat(header(letter, DeadLetter.ORIGIN)).startsWith(Topics.VERSIONS + "/0/");
                });
    }

    /** What the framework reads by itself, and what is no event at all: neither stops any channel. */
    @Test
    void anyMessageOnAnyTopicIsAppliedOrSetAsideAndWhatFollowsIsHeard() {
        Fact structured = fact("Where is the mast of ASTRA?", "Wels");
        Fact after = fact("Where is the mast of BETTA?", "Linz");
        Map<String, String> whole = Map.of("content-type", "application/cloudevents+json; charset=UTF-8");
        kafka.send(message(Topics.KNOWLEDGE, "structured", whole, """
                {"specversion": "1.0", "id": "s1", "type": "io.loremesh.fact.recorded.v1", "source": "/test",
                 "data": {"question": "Where is the mast of ASTRA?", "answer": "Wels"}}"""));
        for (String topic : List.of(Topics.KNOWLEDGE, Topics.VERSIONS, Topics.ANSWERS, Topics.RUNS)) {
            kafka.send(message(topic, "no-json", whole, "{not json"));
            kafka.send(message(topic, "array", whole, "[1]"));
            kafka.send(message(topic, "batch", Map.of("content-type", "application/cloudevents-batch+json"), "[]"));
            kafka.send(message(topic, "bare", Map.of("ce_specversion", "1.0"), "\0"));
            kafka.send(new ProducerRecord<>(topic, null, null));
            kafka.send(message(topic, "last", Map.of(), ""));
        }
        kafka.send(message(
                Topics.ANSWERS,
                "duration",
                Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", "d1",
                        "ce_source", "/test",
                        "ce_type", "io.loremesh.answer.given.v1"),
                """
                {"version": "models/demo", "trial": {"move": "1", "version": "models/demo"}}"""));
        kafka.send(recorded(after));

        Eventually.holds(() -> assertThat(history(after).getRevisionsCount()).isEqualTo(1));
        assertThat(current(structured).getAnswer()).isEqualTo("Wels");
        for (String topic : List.of(Topics.KNOWLEDGE, Topics.VERSIONS, Topics.ANSWERS, Topics.RUNS)) {
            assertThat(kafka.find(Topics.deadLetter(topic), letter -> "last".equals(letter.key())))
                    .as("the last of %s was reached", topic)
                    .isPresent();
        }
        assertThat(health())
                .as("no consumer died")
                .contains("registry hears its topics")
                .doesNotContain("DOWN");
    }

    private static ProducerRecord<String, byte[]> message(
            String topic, String key, Map<String, String> headers, String value) {
        var message = new ProducerRecord<>(topic, key, value.getBytes(UTF_8));
        headers.forEach((name, text) -> message.headers().add(name, text.getBytes(UTF_8)));
        return message;
    }

    private String health() {
        try (InputStream body = URI.create(address + "q/health/live").toURL().openStream()) {
            return new String(body.readAllBytes(), UTF_8);
        } catch (IOException down) {
            return "DOWN: " + down;
        }
    }

    private static String header(ConsumerRecord<String, byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), UTF_8);
    }

    private String reason(String key) {
        return kafka.find(Topics.deadLetter(Topics.KNOWLEDGE), letter -> key.equals(letter.key()))
                .map(letter -> header(letter, DeadLetter.REASON))
                .orElse("no dead letter with key " + key);
    }

    @Test
    void aBadFactIsReportedAndTheRestGoesIn() {
        Fact good = fact("What colour does Mike like?", "green");
        var response = registry.calls()
                .facts()
                .recordFacts(RecordFactsRequest.newBuilder()
                        .addFacts(Fact.newBuilder().setQuestion("?"))
                        .addFacts(good)
                        .build());
        assertThat(response.getRejected(0).getIndex()).isZero();
        assertThat(response.getFacts(0).getName()).isEqualTo(good.getName());
        assertThat(history(good).getRevisionsCount()).isEqualTo(1);
    }
}
