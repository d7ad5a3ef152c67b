package io.loremesh.retriever;

import com.google.protobuf.Message;
import io.loremesh.events.Event;
import io.loremesh.events.EventCodec;
import io.loremesh.events.EventType;
import io.loremesh.events.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes as an upstream system does. Each call returns once Kafka has the message. */
public final class KnowledgeProducer implements AutoCloseable {
    private final KafkaProducer<String, byte[]> producer;

    public KnowledgeProducer(String bootstrap) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new StringSerializer(), new ByteArraySerializer());
    }

    public void publish(EventType type, String name, Message resource) throws Exception {
        publish(Event.of(type, "test", name, resource));
    }

    public void publish(Event event) throws Exception {
        producer.send(EventCodec.toRecord(event)).get();
    }

    /** What no producer of ours would send. */
    public void publishRaw(String key, Map<String, String> headers, String value) throws Exception {
        var message = new ProducerRecord<>(Topics.KNOWLEDGE, key, value.getBytes(StandardCharsets.UTF_8));
        headers.forEach((name, text) -> message.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        producer.send(message).get();
    }

    /** What is no event. */
    public void publishNoise(String noise) throws Exception {
        producer.send(new ProducerRecord<>(Topics.KNOWLEDGE, "noise", noise.getBytes(StandardCharsets.UTF_8)))
                .get();
    }

    @Override
    public void close() {
        producer.close();
    }
}
