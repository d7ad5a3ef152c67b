package io.loremesh.retriever.index;

import io.loremesh.events.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Reaches the knowledge topic: every partition of it, in no consumer group, since the index keeps the offsets itself.
 */
public final class KnowledgeTopic {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** How often to look for partitions that were added, or for a topic that was made anew. */
    private static final Duration RECHECK = Duration.ofMinutes(5);

    private final Map<String, Object> settings;
    private volatile Consumer<byte[], byte[]> current;

    /** @param kafka client settings, at least {@code bootstrap.servers} */
    public KnowledgeTopic(Map<String, Object> kafka) {
        settings = new HashMap<>(kafka);
        settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    }

    /**
     * Connects, and creates the topic by the broker's defaults where it is missing.
     *
     * @throws KafkaException if Kafka does not answer within three seconds
     */
    Session connect() {
        TopicDescription topic = describe();
        Map<String, Object> reading = new HashMap<>(settings);
        reading.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // A position that the topic no longer has (its start was deleted) continues at what is left.
        reading.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        reading.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 100);
        Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        Producer<byte[], byte[]> producer = deadLetterProducer();
        current = consumer;
        return new Session(topic, consumer, producer, System.nanoTime());
    }

    private Producer<byte[], byte[]> deadLetterProducer() {
        Map<String, Object> writing = new HashMap<>(settings);
        writing.put("delivery.timeout.ms", 2 * (int) PATIENCE.toMillis());
        writing.put("max.block.ms", PATIENCE.toMillis());
        writing.put("buffer.memory", 4L << 20); // one letter at a time, at most a megabyte
        writing.put("max.request.size", 2 << 20);
        return new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private TopicDescription describe() {
        Admin admin = Admin.create(settings);
        try {
            return describe(admin);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException(
                    "Kafka at %s does not answer (%s); start it, or set kafka.bootstrap.servers"
                            .formatted(settings.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG), reason(e)),
                    e);
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private static TopicDescription describe(Admin admin)
            throws InterruptedException, ExecutionException, TimeoutException {
        var topics = List.of(Topics.KNOWLEDGE);
        try {
            return await(admin.describeTopics(topics).allTopicNames()).get(Topics.KNOWLEDGE);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw e;
            }
            var missing = new NewTopic(Topics.KNOWLEDGE, Optional.empty(), Optional.empty());
            await(admin.createTopics(List.of(missing)).all());
            return await(admin.describeTopics(topics).allTopicNames()).get(Topics.KNOWLEDGE);
        }
    }

    private static <T> T await(KafkaFuture<T> answer)
            throws InterruptedException, ExecutionException, TimeoutException {
        return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static String reason(Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** Ends a poll that is under way. */
    void wakeup() {
        Consumer<byte[], byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    /** One connection to the topic as it was described. */
    record Session(
            TopicDescription topic, Consumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer, long since)
            implements AutoCloseable {

        String topicId() {
            return topic.topicId().toString();
        }

        Collection<TopicPartition> partitions() {
            return topic.partitions().stream()
                    .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                    .toList();
        }

        DeadLetters deadLetters() {
            return new DeadLetters(producer);
        }

        /** Whether it is time to look again at what the topic consists of. */
        boolean outdated() {
            return System.nanoTime() - since > RECHECK.toNanos();
        }

        @Override
        public void close() {
            producer.close(Duration.ZERO);
            consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        }
    }
}
