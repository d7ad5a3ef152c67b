package io.loremesh.retriever.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loremesh.events.Event;
import io.loremesh.events.EventType;
import io.loremesh.events.Topics;
import io.loremesh.infra.InfraProcess;
import io.loremesh.proto.knowledge.v1.Document;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.retriever.KnowledgeProducer;
import io.loremesh.retriever.RealEncoder;
import io.loremesh.retriever.embedding.TextEncoder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The consumer on a real Kafka, into a real index. The tests share one topic, so each uses names of its own. */
class KnowledgeConsumerIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    private static InfraProcess infra;
    private static KnowledgeProducer producer;

    @TempDir
    Path directory;

    private Following following;

    @BeforeAll
    static void startKafka() {
        infra = InfraProcess.start(null, 0, 0);
        producer = new KnowledgeProducer(infra.kafkaBootstrap());
    }

    @AfterAll
    static void stopKafka() {
        producer.close();
        infra.close();
    }

    @BeforeEach
    void follow() throws IOException {
        following = new Following(directory, infra.kafkaBootstrap());
        await().atMost(SOON).until(following.consumer::caughtUp);
    }

    @AfterEach
    void stop() throws Exception {
        following.stop();
    }

    @Test
    void replayedFactIsIndexedOnce() throws Exception {
        Fact fact = fact("replayed", "REX几岁了？", "7");
        Event event = Event.of(EventType.FACT_RECORDED, "test", fact.getName(), fact);

        producer.publish(event);
        producer.publish(event);

        await().atMost(SOON).until(() -> following.heard() >= 2);
        // Heard is before searchable: the reader is renewed after the batch.
        await().atMost(SOON).untilAsserted(() -> assertThat(following.served("REX几岁了？", "facts/replayed"))
                .containsExactly("REX几岁了？ 7。"));
    }

    @Test
    void anUnreadableMessageGoesToTheDeadLetterTopicAndThePartitionGoesOn() throws Exception {
        producer.publishNoise("no event");
        producer.publish(EventType.FACT_RECORDED, "facts/bad", Fact.getDefaultInstance());
        Fact fact = fact("after-noise", "MAX几岁了？", "8");
        producer.publish(EventType.FACT_RECORDED, fact.getName(), fact);

        await().atMost(SOON).untilAsserted(() -> assertThat(following.served("MAX几岁了？", "facts/after-noise"))
                .containsExactly("MAX几岁了？ 8。"));
        assertThat(deadLetterReasons())
                .anySatisfy(reason -> assertThat(reason).contains("ce_type is missing"))
                .anySatisfy(reason -> assertThat(reason).contains("the fact has no question"));
    }

    @Test
    void anEventInStructuredModeIsAppliedAndATimeOutOfRangeIsSetAside() throws Exception {
        producer.publishRaw("k", Map.of("content-type", "application/cloudevents+json; charset=UTF-8"), """
            {"specversion":"1.0","id":"s1","type":"io.loremesh.fact.recorded.v1","source":"/test",
             "data":{"name":"facts/astra","question":"Where is the mast of ASTRA?","answer":"Wels"}}\
            """);
        Map<String, String> event = Map.of(
                "ce_specversion", "1.0",
                "ce_type", "io.loremesh.fact.recorded.v1",
                "ce_source", "/test",
                "ce_id", "t1",
                "ce_time", "+57888-05-12T10:00:00Z");
        producer.publishRaw("k", event, "{\"question\":\"Where is the mast of MILA?\",\"answer\":\"Graz\"}");
        Fact after = fact("afta", "Where is the mast of AFTA?", "Graz");
        producer.publish(EventType.FACT_RECORDED, after.getName(), after);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(following.served("Where is the mast of AFTA?", "facts/afta"))
                        .isNotEmpty());
        assertThat(following.served("Where is the mast of ASTRA?", "facts/astra"))
                .containsExactly("Where is the mast of ASTRA? Wels.");
        assertThat(deadLetterReasons()).anySatisfy(reason -> assertThat(reason).contains("+57888", "1 to 9999"));
    }

    @Test
    void whateverIsThrownOverAMessageTheThreadGoesOn() throws Exception {
        for (String poison : List.of("UNEXPECTED", "TOO-DEEP", "ENGINE")) {
            Fact fact = fact(poison, "What is %s?".formatted(poison), "poison");
            producer.publish(EventType.FACT_RECORDED, fact.getName(), fact);
        }
        Fact after = fact("after-poison", "Who comes after?", "Ann");
        producer.publish(EventType.FACT_RECORDED, after.getName(), after);

        await().atMost(SOON).untilAsserted(() -> assertThat(following.served("Who comes after?", "facts/after-poison"))
                .isNotEmpty());
        assertThat(following.consumer.alive()).isTrue();
        assertThat(deadLetterReasons())
                .anySatisfy(reason -> assertThat(reason).contains("please report it", "UNEXPECTED"))
                .anySatisfy(reason -> assertThat(reason).contains("StackOverflowError"))
                .anySatisfy(reason -> assertThat(reason).contains("failed 3 times", "ENGINE"));
    }

    @Test
    void anIndexThatItsDiskClosedIsOpenedAgainAndNothingIsLost() throws Exception {
        Fact first = fact("disk", "DAN几岁了？", "5");
        producer.publish(EventType.FACT_RECORDED, first.getName(), first);
        await().atMost(SOON)
                .until(() -> !following.served("DAN几岁了？", "facts/disk").isEmpty());

        ((LucenePassageIndex) following.index).fail();
        Fact second = fact("disk-2", "EVA几岁了？", "6");
        producer.publish(EventType.FACT_RECORDED, second.getName(), second);

        await().atMost(SOON).ignoreExceptions().untilAsserted(() -> {
            assertThat(following.served("DAN几岁了？", "facts/disk")).isNotEmpty();
            assertThat(following.served("EVA几岁了？", "facts/disk-2")).isNotEmpty();
        });
    }

    @Test
    void aMessageThatIsTooLargeToBeSetAsideWithItsValueIsToldByItsPlace() throws Exception {
        producer.publishRaw("large", Map.of("x", "y".repeat(300)), "{\"" + "z".repeat(1_048_100));
        Fact after = fact("after-large", "Who comes after the large one?", "Ann");
        producer.publish(EventType.FACT_RECORDED, after.getName(), after);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(following.served("Who comes after the large one?", "facts/after-large"))
                        .isNotEmpty());
        assertThat(deadLetterReasons()).anySatisfy(reason -> assertThat(reason).contains("too large to be set aside"));
    }

    @Test
    void aRestartContinuesFromTheIndexsOffsets() throws Exception {
        Fact first = fact("first", "LEO几岁了？", "5");
        producer.publish(EventType.FACT_RECORDED, first.getName(), first);
        await().atMost(SOON)
                .until(() -> !following.served("LEO几岁了？", "facts/first").isEmpty());
        following.stop();
        Fact second = fact("second", "KIM几岁了？", "6");
        producer.publish(EventType.FACT_RECORDED, second.getName(), second);

        follow();

        assertThat(following.heard()).isEqualTo(1);
        assertThat(following.served("LEO几岁了？", "facts/first")).isNotEmpty();
        assertThat(following.served("KIM几岁了？", "facts/second")).isNotEmpty();
    }

    @Test
    void anUpdateSupersedesWhatFactsAndDocumentsSaidBefore() throws Exception {
        var document = Document.newBuilder()
                .setName("documents/ada")
                .setText("ADA今年10岁。ADA喜欢足球。")
                .build();
        producer.publish(EventType.DOCUMENT_RECORDED, document.getName(), document);
        Fact ten = fact("ada", "ADA几岁了？", "10");
        producer.publish(EventType.FACT_RECORDED, ten.getName(), ten);
        await().atMost(SOON)
                .until(() -> following.served("ADA几岁了？", "facts/ada").contains("ADA几岁了？ 10。"));
        assertThat(following.served("ADA几岁了？", "documents/ada")).contains("ADA今年10岁。");

        Fact eleven = fact("ada", "ADA几岁了？", "11");
        producer.publish(EventType.FACT_RECORDED, eleven.getName(), eleven);

        await().atMost(SOON)
                .until(() -> following.served("ADA几岁了？", "facts/ada").equals(List.of("ADA几岁了？ 11。")));
        assertThat(following.served("ADA几岁了？", "documents/ada")).containsExactly("ADA喜欢足球。");
    }

    @Test
    void withoutKafkaItStaysAliveAndSaysWhatIsMissing(@TempDir Path other) throws Exception {
        var lonely = new Following(other, "localhost:1");
        try {
            await().atMost(SOON).until(() -> lonely.consumer.trouble().contains("localhost:1"));

            assertThat(lonely.consumer.alive()).isTrue();
            assertThat(lonely.consumer.caughtUp()).isFalse();
        } finally {
            lonely.stop();
        }
    }

    private static Fact fact(String id, String question, String answer) {
        return Fact.newBuilder()
                .setName("facts/" + id)
                .setQuestion(question)
                .setAnswer(answer)
                .build();
    }

    private static List<String> deadLetterReasons() {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", infra.kafkaBootstrap(), "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            String topic = Topics.deadLetter(Topics.KNOWLEDGE);
            consumer.assign(consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList());
            consumer.seekToBeginning(consumer.assignment());
            List<String> reasons = new ArrayList<>();
            await().atMost(SOON).until(() -> {
                for (ConsumerRecord<byte[], byte[]> letter : consumer.poll(Duration.ofMillis(200))) {
                    reasons.add(new String(
                            letter.headers().lastHeader("loremesh-reason").value(), UTF_8));
                }
                Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
                return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
            });
            return reasons;
        }
    }

    /** The real encoder, which fails at some words as no encoder should. */
    private static final TextEncoder FRAIL = new TextEncoder() {
        @Override
        public float[] encode(String text) {
            if (text.contains("UNEXPECTED")) {
                throw new IllegalStateException("UNEXPECTED");
            }
            if (text.contains("TOO-DEEP")) {
                throw new StackOverflowError();
            }
            if (text.contains("ENGINE")) {
                throw new OutOfMemoryError("ENGINE");
            }
            return RealEncoder.get().encode(text);
        }

        @Override
        public int dimensions() {
            return RealEncoder.get().dimensions();
        }

        @Override
        public String digest() {
            return RealEncoder.get().digest();
        }
    };

    /** A consumer with its index, as the service has them. */
    private static final class Following {
        private final PassageIndex index;
        private final KnowledgeFlow flow;
        private final KnowledgeConsumer consumer;
        private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        private boolean stopped;

        Following(Path directory, String bootstrap) throws IOException {
            index = LucenePassageIndex.open(directory, FRAIL);
            flow = new KnowledgeFlow(index, FRAIL, new SupersedeRule(0.5));
            consumer = new KnowledgeConsumer(
                    flow,
                    new KnowledgeTopic(Map.of("bootstrap.servers", bootstrap)),
                    new EventMetrics(metrics),
                    new CommitPace(Duration.ofSeconds(1), 500),
                    Duration.ofMillis(200));
            consumer.start();
        }

        /** Events that were applied or ignored; not those set aside. */
        long heard() {
            return (long) metrics.find("loremesh.retriever.events").counters().stream()
                    .filter(counter -> !"dead-lettered".equals(counter.getId().getTag("outcome")))
                    .mapToDouble(counter -> counter.count())
                    .sum();
        }

        /** The texts of a source that a search can find. */
        List<String> served(String question, String source) throws IOException {
            var query = new CandidateQuery(
                    Optional.of(question),
                    Optional.of(RealEncoder.get().encode(question)),
                    100,
                    CandidateQuery.Filter.NONE);
            return index.find(query).list().stream()
                    .map(Candidate::passage)
                    .filter(passage -> passage.getName().startsWith(source + "/"))
                    .map(passage -> passage.getText())
                    .toList();
        }

        void stop() throws Exception {
            if (!stopped) {
                stopped = true;
                consumer.close();
                flow.commit();
                index.close();
            }
        }
    }
}
