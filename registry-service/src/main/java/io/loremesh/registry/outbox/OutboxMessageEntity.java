package io.loremesh.registry.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loremesh.events.Event;
import io.loremesh.events.EventCodec;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A Kafka message that waits to be sent, as it will be sent. Its id is an identity, not a sequence: ids of a pooled
 * sequence are no order across processes.
 */
@Entity
@Table(name = "outbox_message")
public class OutboxMessageEntity extends PanacheEntityBase {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public String topic;

    @Column(name = "message_key")
    public String key;

    /** JSON object of header names and values. */
    public String headers;

    /** UTF-8 JSON. */
    @Column(name = "message_value")
    public String value;

    @Column(name = "create_time")
    public Instant createTime;

    static OutboxMessageEntity of(Event event) {
        ProducerRecord<String, byte[]> message = EventCodec.toRecord(event);
        var entity = new OutboxMessageEntity();
        entity.topic = message.topic();
        entity.key = message.key();
        entity.headers = headersOf(message);
        entity.value = new String(message.value(), UTF_8);
        entity.createTime = event.time();
        return entity;
    }

    /** Past Hibernate, which would wait for each id. */
    static Uni<Void> write(List<OutboxMessageEntity> messages) {
        return Transactions.sendAll(
                "insert into outbox_message (topic, message_key, headers, message_value, create_time)"
                        + " values ($1, $2, $3, $4, $5)",
                messages.stream().map(OutboxMessageEntity::row).toList());
    }

    private Object[] row() {
        return new Object[] {topic, key, headers, value, createTime.atOffset(ZoneOffset.UTC)};
    }

    ProducerRecord<String, byte[]> toMessage() {
        var message = new ProducerRecord<>(topic, key, value.getBytes(UTF_8));
        try {
            JSON.readValue(headers, new TypeReference<Map<String, String>>() {})
                    .forEach((name, text) -> message.headers().add(name, text.getBytes(UTF_8)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("outbox message %d has headers that are no JSON object".formatted(id), e);
        }
        return message;
    }

    private static String headersOf(ProducerRecord<String, byte[]> message) {
        var headers = new TreeMap<String, String>();
        message.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        try {
            return JSON.writeValueAsString(headers);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts has a JSON form", e);
        }
    }
}
