package io.loremesh.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.loremesh.events.EventType;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Kafka messages as producers send them and as they do not: both CloudEvents modes, wrong types, times, headers and
 * bytes.
 */
final class EventFuzzer {
    private static final List<String> TIMES = List.of(
            "2026-11-30T10:00:00Z",
            "2026-11-30T10:00:00+02:00",
            "2026-11-30t10:00:00.123456789z",
            "+57888-05-12T10:00:00Z",
            "-0001-01-01T00:00:00Z",
            "0001-01-01T00:00:00+14:00",
            "9999-12-31T23:59:59Z",
            "10000-01-01T00:00:00Z",
            "yesterday",
            "1764497000");
    private static final List<String> CONTENT_TYPES = List.of(
            "application/json",
            "application/cloudevents+json; charset=UTF-8",
            "application/cloudevents+json",
            "application/cloudevents-batch+json",
            "application/cloudevents+avro",
            "text/plain",
            "application/x-protobuf",
            "");

    private final Random random;
    private final MessageFuzzer messages;
    private final List<Descriptor> payloads;

    /** @param payloads the messages that events carry; any may come with any type */
    EventFuzzer(long seed, List<Descriptor> payloads) {
        this.random = new Random(seed);
        this.messages = new MessageFuzzer(seed);
        this.payloads = payloads;
    }

    ProducerRecord<byte[], byte[]> on(String topic) {
        var attributes = attributes(topic);
        boolean structured = random.nextInt(4) == 0;
        byte[] data = data();
        byte[] value = structured ? envelope(attributes, data) : data;
        var message = new ProducerRecord<>(
                topic,
                random.nextInt(8) == 0 ? null : messages.text().getBytes(UTF_8),
                random.nextInt(60) == 0 ? null : value);
        if (structured) {
            message.headers()
                    .add("content-type", CONTENT_TYPES.get(random.nextInt(3)).getBytes(UTF_8));
        } else {
            attributes.forEach((name, text) ->
                    message.headers().add("ce_" + name, random.nextInt(40) == 0 ? null : text.getBytes(UTF_8)));
            message.headers()
                    .add(
                            "content-type",
                            CONTENT_TYPES
                                    .get(random.nextInt(CONTENT_TYPES.size()))
                                    .getBytes(UTF_8));
        }
        return message;
    }

    private Map<String, String> attributes(String topic) {
        List<EventType> types = List.of(EventType.values());
        List<EventType> fitting =
                types.stream().filter(type -> type.topic().equals(topic)).toList();
        EventType type = random.nextInt(5) == 0
                ? types.get(random.nextInt(types.size()))
                : fitting.get(random.nextInt(fitting.size()));
        var attributes = new LinkedHashMap<String, String>();
        attributes.put("specversion", random.nextInt(20) == 0 ? messages.text() : "1.0");
        attributes.put("id", random.nextInt(5) == 0 ? messages.text() : "fuzz-" + random.nextLong());
        attributes.put("type", random.nextInt(20) == 0 ? messages.text() : type.type());
        attributes.put("source", random.nextInt(8) == 0 ? messages.text() : "/fuzz");
        attributes.put("subject", messages.text());
        attributes.put("time", random.nextInt(20) == 0 ? messages.text() : TIMES.get(random.nextInt(TIMES.size())));
        attributes.keySet().removeIf(name -> random.nextInt(30) == 0);
        return attributes;
    }

    private byte[] data() {
        Message payload = messages.message(payloads.get(random.nextInt(payloads.size())));
        byte[] json;
        try {
            json = JsonFormat.printer().print(payload).getBytes(UTF_8);
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            // A time out of range has no JSON form: what a careless producer writes instead.
            json = payload.toString().getBytes(UTF_8);
        }
        return switch (random.nextInt(16)) {
            case 0 -> messages.damaged(json);
            case 1 -> ("[".repeat(random.nextInt(20_000)) + "]").getBytes(UTF_8);
            case 2 -> ("{\"question\":" + "{\"a\":".repeat(random.nextInt(5_000))).getBytes(UTF_8);
            case 3 -> payload.toByteArray();
            default -> json;
        };
    }

    private byte[] envelope(Map<String, String> attributes, byte[] data) {
        var json = new StringBuilder("{");
        attributes.forEach((name, text) ->
                json.append('"').append(name).append("\":").append(quoted(text)).append(','));
        String name = random.nextInt(6) == 0 ? "data_base64" : "data";
        json.append('"').append(name).append("\":");
        json.append(
                name.equals("data")
                        ? new String(data, UTF_8)
                        : quoted(Base64.getEncoder().encodeToString(data)));
        return json.append('}').toString().getBytes(UTF_8);
    }

    private static String quoted(String text) {
        var json = new StringBuilder("\"");
        text.chars()
                .forEach(c -> json.append(
                        c < 0x20 || c == '"' || c == '\\' ? "\\u%04x".formatted(c) : Character.toString((char) c)));
        return json.append('"').toString();
    }
}
