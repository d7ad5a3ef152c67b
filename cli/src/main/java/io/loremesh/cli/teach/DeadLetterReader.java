package io.loremesh.cli.teach;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.loremesh.cli.connect.MeshAddress;
import io.loremesh.cli.terminal.Failure;
import io.loremesh.events.DeadLetter;
import io.loremesh.events.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the dead letters of the knowledge topic that are written from a moment on. For one thread. */
final class DeadLetterReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int PATIENCE_MS = 10_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Map<String, String> reasons = new HashMap<>();

    private DeadLetterReader(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        this.consumer = consumer;
        this.partitions = partitions;
    }

    static DeadLetterReader fromNow(MeshAddress address) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                address.kafkaBootstrap(),
                "default.api.timeout.ms",
                PATIENCE_MS,
                "request.timeout.ms",
                PATIENCE_MS,
                "enable.auto.commit",
                false);
        var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.deadLetter(Topics.KNOWLEDGE)).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            return new DeadLetterReader(consumer, partitions);
        } catch (KafkaException e) {
            consumer.close();
            throw new Failure(
                    "no Kafka broker answers at %s; is the mesh up? Start it with `./mesh up`"
                            .formatted(address.kafkaBootstrap()),
                    e);
        }
    }

    /** Reads all letters that are there now. */
    void read() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            for (ConsumerRecord<byte[], byte[]> letter : consumer.poll(POLL)) {
                reasons.put(header(letter, DeadLetter.ORIGIN), header(letter, DeadLetter.REASON));
            }
        }
    }

    /**
     * Why a message is a dead letter, as far as read; null where it is none. @param origin {@code
     * topic/partition/offset}
     */
    String reason(String origin) {
        return reasons.get(origin);
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
