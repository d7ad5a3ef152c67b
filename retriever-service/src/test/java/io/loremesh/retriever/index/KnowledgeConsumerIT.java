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

        await().atMost(SOON).until(() -> following.applied() >= 2);
        // Applied is before searchable: the reader is renewed after the batch.
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
    void aRestartContinuesFromTheIndexsOffsets() throws Exception {
        Fact first = fact("first", "LEO几岁了？", "5");
        producer.publish(EventType.FACT_RECORDED, first.getName(), first);
        await().atMost(SOON)
                .until(() -> !following.served("LEO几岁了？", "facts/first").isEmpty());
        following.stop();
        Fact second = fact("second", "KIM几岁了？", "6");
        producer.publish(EventType.FACT_RECORDED, second.getName(), second);

        follow();

        assertThat(following.applied()).isEqualTo(1);
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
                return reasons.size() >= 2;
            });
            return reasons;
        }
    }

    /** A consumer with its index, as the service has them. */
    private static final class Following {
        private final PassageIndex index;
        private final KnowledgeFlow flow;
        private final KnowledgeConsumer consumer;
        private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        private boolean stopped;

        Following(Path directory, String bootstrap) throws IOException {
            index = LucenePassageIndex.open(directory, RealEncoder.get().digest());
            flow = new KnowledgeFlow(index, RealEncoder.get(), new SupersedeRule(0.5));
            consumer = new KnowledgeConsumer(
                    flow,
                    new KnowledgeTopic(Map.of("bootstrap.servers", bootstrap)),
                    new EventMetrics(metrics),
                    new CommitPace(Duration.ofSeconds(1), 500),
                    Duration.ofMillis(200));
            consumer.start();
        }

        long applied() {
            return (long) metrics.find("loremesh.retriever.events").tag("outcome", "applied").counters().stream()
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
