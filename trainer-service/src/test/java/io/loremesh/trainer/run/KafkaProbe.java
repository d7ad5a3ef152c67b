package io.loremesh.trainer.run;

import io.loremesh.events.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Someone else on the runs' topic and its dead letters: sends, and reads from the beginning. */
final class KafkaProbe implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Queue<ConsumerRecord<String, byte[]>> unread = new ArrayDeque<>();

    KafkaProbe(String bootstrap) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new StringSerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "group.id",
                        "probe-" + UUID.randomUUID(),
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of(Topics.RUNS, Topics.deadLetter(Topics.RUNS)));
    }

    void send(ProducerRecord<String, byte[]> message) {
        producer.send(message);
        producer.flush();
    }

    /** The first message from here on that is looked for. */
    ConsumerRecord<String, byte[]> await(Predicate<ConsumerRecord<String, byte[]>> wanted) {
        for (Instant end = Instant.now().plus(LIMIT); Instant.now().isBefore(end); ) {
            while (!unread.isEmpty()) {
                ConsumerRecord<String, byte[]> message = unread.poll();
                if (wanted.test(message)) {
                    return message;
                }
            }
            consumer.poll(Duration.ofMillis(250)).forEach(unread::add);
        }
        throw new AssertionError("no such message came within " + LIMIT);
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
