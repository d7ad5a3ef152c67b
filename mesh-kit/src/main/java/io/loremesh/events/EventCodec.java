package io.loremesh.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Events to and from Kafka messages: CloudEvents 1.0, Kafka protocol binding, binary content mode ({@code ce_*} headers, JSON
 * value). Unknown JSON fields are ignored, so that a producer may be newer than its readers.
 */
public final class EventCodec {
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer().omittingInsignificantWhitespace();
    private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

    private EventCodec() {}

    /** The Kafka message of an event, on the topic of its type. */
    public static ProducerRecord<String, byte[]> toRecord(Event event) {
        var message = new ProducerRecord<>(event.type().topic(), event.subject(), toJson(event.payload()));
        var attributes = Map.of(
                "ce_specversion", "1.0",
                "ce_id", event.id(),
                "ce_type", event.type().type(),
                "ce_source", event.source().toString(),
                "ce_subject", event.subject(),
                "ce_time", event.time().toString(),
                "content-type", "application/json");
        attributes.forEach((name, value) -> message.headers().add(name, value.getBytes(UTF_8)));
        return message;
    }

    /**
     * Reads a Kafka message.
     *
     * @throws UnreadableEventException if it is no CloudEvent, of an unknown type, or its value is not the JSON of that type
     */
    public static Event read(Headers headers, byte[] value) throws UnreadableEventException {
        String typeName = required(headers, "ce_type");
        EventType type = EventType.of(typeName)
                .orElseThrow(() -> new UnreadableEventException("event type %s is not known".formatted(typeName)));
        Message payload = payload(type, value);
        String time = optional(headers, "ce_time");
        try {
            return new Event(
                    required(headers, "ce_id"),
                    type,
                    URI.create(required(headers, "ce_source")),
                    optional(headers, "ce_subject"),
                    time.isEmpty() ? Instant.now() : Instant.parse(time),
                    payload);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new UnreadableEventException("a CloudEvents attribute is malformed: " + e.getMessage(), e);
        }
    }

    /** The proto3 JSON form of a resource, UTF-8. */
    public static byte[] toJson(Message payload) {
        try {
            return PRINTER.print(payload).getBytes(UTF_8);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("%s has no JSON form".formatted(payload.getClass()), e);
        }
    }

    private static Message payload(EventType type, byte[] value) throws UnreadableEventException {
        if (value == null) {
            throw new UnreadableEventException("%s has no value".formatted(type.type()));
        }
        Message.Builder payload = type.newPayload();
        try {
            PARSER.merge(UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString(), payload);
        } catch (CharacterCodingException e) {
            throw new UnreadableEventException("the value of %s is not UTF-8".formatted(type.type()), e);
        } catch (InvalidProtocolBufferException e) {
            throw new UnreadableEventException(
                    "the value of %s does not fit its schema: %s".formatted(type.type(), e.getMessage()), e);
        }
        return payload.build();
    }

    private static String required(Headers headers, String name) throws UnreadableEventException {
        String value = optional(headers, name);
        if (value.isEmpty()) {
            throw new UnreadableEventException("header %s is missing: not a CloudEvent in binary mode".formatted(name));
        }
        return value;
    }

    private static String optional(Headers headers, String name) {
        var header = headers.lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
    }
}
