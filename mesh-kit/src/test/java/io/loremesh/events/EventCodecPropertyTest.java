package io.loremesh.events;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.loremesh.proto.knowledge.v1.Document;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.Source;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever bytes a message is made of, reading it gives an event or a reason, and what it gives can be written and read
 * again.
 */
class EventCodecPropertyTest {
    private static final int INPUTS = Integer.getInteger("loremesh.codec.inputs", 20_000);
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ":",
            ",",
            "\\u0000",
            "\\ud800",
            "\\",
            "null",
            "true",
            "NaN",
            "-",
            "1e99999",
            "0.1e-9999",
            "9".repeat(500),
            "\"question\":",
            "\"valid_from\":\"9999-12-31T23:59:60Z\"",
            "\"data\":",
            "\"data_base64\":",
            "\"specversion\":\"1.0\"",
            "\uFEFF",
            "\u0000",
            "\u200B",
            "２",
            "🍎",
            "{\"a\":".repeat(200),
            "+57888-05-12T10:00:00Z",
            "0001-01-01T00:00:00+23:59",
            "application/cloudevents+json",
            "application/cloudevents-batch+json",
            "io.loremesh.document.recorded.v1");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void readingGivesAnEventOrAReason(long seed) throws Exception {
        var random = new Random(seed);
        int events = 0;
        for (int i = 0; i < INPUTS; i++) {
            ConsumerRecord<String, byte[]> message = random.nextInt(4) == 0 ? noise(random) : damaged(random);
            Event event;
            try {
                event = EventCodec.read(message);
            } catch (UnreadableEventException reason) {
                assertThat(reason.getMessage()).isNotBlank().hasSizeLessThan(1_000);
                continue;
            }
            events++;
            assertThat(StorableText.problem(event.payload())).isEmpty();
            assertThat(event.time())
                    .isBetween(Instant.parse("0001-01-01T00:00:00Z"), Instant.parse("9999-12-31T23:59:59.999999999Z"));
            var again = EventCodec.toRecord(event);
            assertThat(EventCodec.read(message(message.timestamp(), again.headers(), again.value())))
                    .isEqualTo(event);
        }
        assertThat(events).as("damage that leaves a message readable").isBetween(INPUTS / 20, INPUTS - 1);
    }

    private static ConsumerRecord<String, byte[]> noise(Random random) {
        var headers = new RecordHeaders();
        for (String name : List.of("ce_type", "ce_id", "ce_source", "ce_specversion", "ce_time", "content-type")) {
            if (random.nextBoolean()) {
                headers.add(name, random.nextInt(10) == 0 ? null : bytes(random));
            }
        }
        return message(random.nextLong(), headers, random.nextInt(10) == 0 ? null : bytes(random));
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(64)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A good message in one of the two modes, of which some bytes are others now. */
    private static ConsumerRecord<String, byte[]> damaged(Random random) {
        var payload = random.nextBoolean()
                ? Fact.newBuilder()
                        .setQuestion("How old is ＫＡＴＥ?")
                        .setAnswer("１２")
                        .setValidFrom(Timestamp.newBuilder().setSeconds(1_764_496_800))
                        .setSource(Source.newBuilder().setUri("https://example.org"))
                        .build()
                : Document.newBuilder()
                        .setText("Kate is 12.")
                        .setCredibility(.5)
                        .build();
        EventType type = payload instanceof Fact ? EventType.FACT_RECORDED : EventType.DOCUMENT_RECORDED;
        var sent = EventCodec.toRecord(
                new Event("e1", type, URI.create("/test"), "facts/1", Instant.parse("2026-11-30T10:00:00Z"), payload));
        Headers headers = sent.headers();
        byte[] value = sent.value();
        if (random.nextBoolean()) {
            value = ("{\"specversion\":\"1.0\",\"id\":\"e1\",\"source\":\"/test\",\"type\":\"" + type.type()
                            + "\",\"time\":\"2026-11-30T10:00:00Z\",\"data\":" + new String(value, UTF_8) + "}")
                    .getBytes(UTF_8);
            headers = new RecordHeaders().add("content-type", "application/cloudevents+json".getBytes(UTF_8));
        }
        if (random.nextBoolean()) {
            value = damage(value, random);
        }
        var damaged = new RecordHeaders();
        for (Header header : headers) {
            if (random.nextInt(20) > 0) {
                damaged.add(header.key(), random.nextInt(12) == 0 ? damage(header.value(), random) : header.value());
            }
        }
        return message(Instant.parse("2026-12-01T00:00:00Z").toEpochMilli(), damaged, value);
    }

    private static byte[] damage(byte[] good, Random random) {
        int from = random.nextInt(good.length + 1);
        int to = random.nextInt(3) == 0 ? Math.min(good.length, from + random.nextInt(20)) : from;
        byte[] piece = random.nextInt(3) == 0
                ? bytes(random)
                : PIECES.get(random.nextInt(PIECES.size())).getBytes(UTF_8);
        return (new String(Arrays.copyOf(good, from), ISO_8859_1)
                        + new String(piece, ISO_8859_1)
                        + new String(Arrays.copyOfRange(good, to, good.length), ISO_8859_1))
                .getBytes(ISO_8859_1);
    }

    private static ConsumerRecord<String, byte[]> message(long timestamp, Headers headers, byte[] value) {
        return new ConsumerRecord<>(
                Topics.KNOWLEDGE,
                0,
                0,
                timestamp,
                TimestampType.CREATE_TIME,
                0,
                0,
                "k",
                value,
                headers,
                Optional.empty());
    }
}
