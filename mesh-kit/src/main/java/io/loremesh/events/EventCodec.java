package io.loremesh.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Events to and from Kafka messages: CloudEvents 1.0, Kafka protocol binding. Written in binary content mode ({@code
 * ce_*} headers, JSON value), read in binary and structured mode by the same checks. Unknown JSON fields are ignored,
 * so that a producer may be newer than its readers.
 *
 * <p>Whatever a message holds, reading it gives an event or an {@link UnreadableEventException} with the reason in
 * words, never another exception. {@code docs/events.md} is the description for producers.
 */
public final class EventCodec {
    /**
     * How far an event's time may lie ahead of the moment at which Kafka took it: no clock or time zone is off by more.
     */
    public static final Duration MOST_AHEAD = Duration.ofDays(1);

    private static final String CONTENT_TYPE = "content-type";
    private static final Set<String> UTF_8_OR_LESS = Set.of("utf-8", "utf8", "us-ascii");
    private static final String STRUCTURED = "application/cloudevents";
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer().omittingInsignificantWhitespace();
    private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

    private EventCodec() {}

    /** The Kafka message of an event, on the topic of its type. */
    public static ProducerRecord<String, byte[]> toRecord(Event event) {
        var message = new ProducerRecord<>(event.type().topic(), event.subject(), toJson(event.payload()));
        var attributes = Map.of(
                "ce_specversion",
                "1.0",
                "ce_id",
                event.id(),
                "ce_type",
                event.type().type(),
                "ce_source",
                event.source().toString(),
                "ce_subject",
                event.subject(),
                "ce_time",
                event.time().toString(),
                CONTENT_TYPE,
                "application/json");
        attributes.forEach((name, value) -> message.headers().add(name, value.getBytes(UTF_8)));
        return message;
    }

    /**
     * Reads a Kafka message. An event without a time happened when Kafka took its message.
     *
     * @throws UnreadableEventException if it is no CloudEvent 1.0, of an unknown type, its value is not the JSON of
     *     that type, or an attribute or a text is outside what the mesh can hold
     */
    public static Event read(ConsumerRecord<?, byte[]> message) throws UnreadableEventException {
        try {
            return read(message.headers(), message.value(), taken(message));
        } catch (RuntimeException | StackOverflowError e) {
            throw new UnreadableEventException("the message cannot be read: " + e, e);
        }
    }

    private static Event read(Headers headers, byte[] value, Instant taken) throws UnreadableEventException {
        String contentType = contentType(headers);
        if (contentType.startsWith(STRUCTURED)) {
            return structured(contentType, value, taken);
        }
        Attributes attributes = Attributes.ofHeaders(headers);
        EventType type = type(attributes);
        if (!contentType.isEmpty() && !isJson(contentType)) {
            throw new UnreadableEventException(
                    "content-type is \"%.100s\"; send JSON in UTF-8 as application/json".formatted(contentType));
        }
        if (value == null) {
            throw new UnreadableEventException(
                    "%s has no value; to withdraw a resource, publish that it was retracted".formatted(type.type()));
        }
        String json = StrictJson.text(value, type.type());
        StrictJson.check(json, type.type());
        return event(attributes, type, json, taken);
    }

    private static Event structured(String contentType, byte[] value, Instant taken) throws UnreadableEventException {
        if (contentType.startsWith(STRUCTURED + "-batch")) {
            throw new UnreadableEventException(
                    "content-type %.100s is batched mode; send each event in a message of its own"
                            .formatted(contentType));
        }
        if (!contentType.startsWith(STRUCTURED + "+json") || !isJson(contentType)) {
            throw new UnreadableEventException(
                    "content-type is \"%.100s\"; of structured mode, application/cloudevents+json in UTF-8 is read"
                            .formatted(contentType));
        }
        if (value == null) {
            throw new UnreadableEventException("an event in structured mode has no value");
        }
        JsonNode envelope = StrictJson.object(StrictJson.text(value, "an event in structured mode"), "an event");
        Attributes attributes = Attributes.ofEnvelope(envelope);
        EventType type = type(attributes);
        return event(attributes, type, data(envelope, type), taken);
    }

    /** The payload's JSON, which stands in the envelope or, as bytes, in base64. */
    private static String data(JsonNode envelope, EventType type) throws UnreadableEventException {
        JsonNode data = envelope.get("data");
        JsonNode base64 = envelope.get("data_base64");
        if (data != null && base64 != null) {
            throw new UnreadableEventException("%s has both data and data_base64".formatted(type.type()));
        }
        if (data != null && data.isObject()) {
            return data.toString();
        }
        if (data != null || base64 == null || !base64.isTextual()) {
            throw new UnreadableEventException(
                    "%s has no value: set data to a JSON object, or data_base64 to its bytes".formatted(type.type()));
        }
        try {
            String json = StrictJson.text(Base64.getDecoder().decode(base64.textValue()), type.type());
            StrictJson.check(json, type.type());
            return json;
        } catch (IllegalArgumentException e) {
            throw new UnreadableEventException(
                    "data_base64 of %s is no base64: %s".formatted(type.type(), e.getMessage()), e);
        }
    }

    private static EventType type(Attributes attributes) throws UnreadableEventException {
        String name = attributes.required("type");
        attributes.requireVersion();
        return EventType.of(name)
                .orElseThrow(() -> new UnreadableEventException("event type %s is not known".formatted(name)));
    }

    private static Event event(Attributes attributes, EventType type, String json, Instant taken)
            throws UnreadableEventException {
        Instant time = attributes.time(taken);
        if (time.isAfter(taken.plus(MOST_AHEAD))) {
            throw new UnreadableEventException(
                    ("time %s is more than a day ahead of %s, when Kafka took the message: set the producer's clock;"
                                    + " from when a fact holds is told by validFrom")
                            .formatted(time, taken));
        }
        return new Event(
                attributes.required("id"),
                type,
                attributes.source(),
                attributes.optional("subject"),
                time,
                payload(type, json));
    }

    private static Message payload(EventType type, String json) throws UnreadableEventException {
        Message.Builder payload = type.newPayload();
        try {
            PARSER.merge(json, payload);
        } catch (InvalidProtocolBufferException | RuntimeException | StackOverflowError e) {
            throw new UnreadableEventException(
                    "the value of %s does not fit its schema: %.300s".formatted(type.type(), e.getMessage()), e);
        }
        Optional<String> problem = StorableText.problem(payload);
        if (problem.isPresent()) {
            throw new UnreadableEventException("%s cannot be kept: %s".formatted(type.type(), problem.get()));
        }
        return payload.build();
    }

    /** The proto3 JSON form of a resource, UTF-8. */
    public static byte[] toJson(Message payload) {
        try {
            return PRINTER.print(payload).getBytes(UTF_8);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("%s has no JSON form".formatted(payload.getClass()), e);
        }
    }

    /**
     * When Kafka took a message, or its producer sent it, as the topic is set up; brokers refuse what a producer's
     * clock sends from the future. Now for a message without a timestamp, which no broker since 0.10 makes.
     */
    public static Instant taken(ConsumerRecord<?, ?> message) {
        return message.timestamp() < 0 ? Instant.now() : Instant.ofEpochMilli(message.timestamp());
    }

    private static String contentType(Headers headers) {
        Header header = headers.lastHeader(CONTENT_TYPE);
        return header == null || header.value() == null
                ? ""
                : new String(header.value(), UTF_8).strip().toLowerCase(Locale.ROOT);
    }

    private static boolean isJson(String contentType) {
        String[] parts = contentType.split(";");
        String type = parts.length == 0 ? "" : parts[0].strip();
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            if (parameter.startsWith("charset=") && !UTF_8_OR_LESS.contains(parameter.substring("charset=".length()))) {
                return false;
            }
        }
        return type.endsWith("/json") || type.endsWith("+json");
    }
}
