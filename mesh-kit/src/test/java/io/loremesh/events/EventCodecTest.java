package io.loremesh.events;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.proto.knowledge.v1.Fact;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
    private static final Instant TAKEN = Instant.parse("2026-11-30T10:00:00.123Z");
    private static final Fact FACT = Fact.newBuilder()
            .setName("facts/1")
            .setQuestion("谁？")
            .setAnswer("Ann")
            .build();
    private static final String HEAD =
            "{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"io.loremesh.fact.recorded.v1\",\"source\":\"/t\"";
    private static final String JSON = "{\"name\":\"facts/1\",\"question\":\"谁？\",\"answer\":\"Ann\"}";

    @Test
    void whatIsWrittenIsReadBack() throws Exception {
        var event = new Event("e1", EventType.FACT_RECORDED, URI.create("/test"), "facts/1", TAKEN, FACT);

        var sent = EventCodec.toRecord(event);

        assertThat(sent.topic()).isEqualTo("loremesh.knowledge.v1");
        assertThat(sent.key()).isEqualTo("facts/1");
        assertThat(new String(sent.headers().lastHeader("ce_type").value(), UTF_8))
                .isEqualTo("io.loremesh.fact.recorded.v1");
        assertThat(EventCodec.read(message(sent.headers(), sent.value()))).isEqualTo(event);
    }

    @Test
    void structuredModeIsReadAsBinaryModeIs() throws Exception {
        String envelope = """
            {"specversion":"1.0","id":"e1","type":"io.loremesh.fact.recorded.v1","source":"/test","subject":"facts/1",
             "time":"2026-11-30T11:00:00+01:00","extension":7,%s}\
            """.formatted("\"data\":" + JSON);
        String inBase64 = envelope.replace(
                "\"data\":" + JSON,
                "\"data_base64\":\"" + Base64.getEncoder().encodeToString(JSON.getBytes(UTF_8)) + "\"");

        Event binary = read(binary("ce_time", "2026-11-30T10:00:00Z"), JSON);

        assertThat(read(structured("application/cloudevents+json; charset=UTF-8"), envelope))
                .isEqualTo(binary);
        assertThat(read(structured("application/CloudEvents+JSON"), inBase64)).isEqualTo(binary);
    }

    @Test
    void batchedModeAndOtherFormatsAreRefusedByName() {
        refused(structured("application/cloudevents-batch+json"), "[]", "batched mode", "a message of its own");
        refused(structured("application/cloudevents+avro"), "{}", "application/cloudevents+json");
        refused(structured("application/cloudevents+json; charset=UTF-16"), "{}", "UTF-8");
        refused(binary("content-type", "application/xml"), "<fact/>", "application/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "\"x\"",
                "",
                "{\"specversion\":1.0}",
                "{\"specversion\":\"1.0\",\"type\":7}",
                HEAD + "}",
                HEAD + ",\"data\":\"{}\"}",
                HEAD + ",\"data\":null}",
                HEAD + ",\"data_base64\":\"?\"}",
                HEAD + ",\"data\":{}," + "\"data_base64\":\"e30=\"}"
            })
    void anEnvelopeThatIsNoneIsRefused(String envelope) {
        refused(structured("application/cloudevents+json"), envelope);
    }

    @Test
    void anotherOrNoSpecversionIsRefused() {
        refused(without("ce_specversion"), JSON, "ce_specversion is missing");
        refused(binary("ce_specversion", "0.3"), JSON, "specversion is \"0.3\"", "CloudEvents 1.0");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-30T10:00:00Z, 2026-11-30T10:00:00Z",
        "2026-11-30t10:00:00z, 2026-11-30T10:00:00Z",
        "2026-11-30 10:00:00Z, 2026-11-30T10:00:00Z",
        "2026-11-30T18:00:00+08:00, 2026-11-30T10:00:00Z",
        "2026-11-30T10:00:00-00:00, 2026-11-30T10:00:00Z",
        "2026-11-30T10:00:00.1234567890123Z, 2026-11-30T10:00:00.123456789Z",
        "2016-12-31T23:59:60Z, 2017-01-01T00:00:00Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z"
    })
    void everyFormOfRfc3339IsTaken(String told, Instant time) throws Exception {
        assertThat(read(binary("ce_time", told), JSON).time()).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+57888-05-12T10:00:00Z",
                "0000-06-01T00:00:00Z",
                "0001-01-01T00:00:00+01:00",
                "9999-12-31T23:59:59-01:00",
                "-0044-03-15T12:00:00Z",
                "2026-02-30T10:00:00Z",
                "2026-11-30T24:00:00Z",
                "2026-11-30T10:00:61Z",
                "2026-11-30T10:00:00",
                "2026-11-30",
                "1764496800",
                "yesterday"
            })
    void aTimeThatIsNoneOrOutOfRangeIsRefused(String told) {
        refused(binary("ce_time", told), JSON, "time");
    }

    @Test
    void anEventWithoutATimeHappenedWhenKafkaTookIt() throws Exception {
        assertThat(read(without("ce_time"), JSON).time()).isEqualTo(TAKEN);
    }

    @Test
    void anEventFromTheFutureIsRefusedWhateverTheReadersClock() throws Exception {
        Instant tolerated = TAKEN.plus(EventCodec.MOST_AHEAD);

        assertThat(read(binary("ce_time", tolerated.toString()), JSON).time()).isEqualTo(tolerated);
        refused(binary("ce_time", tolerated.plus(Duration.ofMillis(1)).toString()), JSON, "ahead", "validFrom");
    }

    @Test
    void attributesAreBounded() throws Exception {
        assertThat(read(binary("ce_id", "x".repeat(256)), JSON).id()).hasSize(256);
        for (String name : new String[] {"ce_id", "ce_source", "ce_subject", "ce_type", "ce_time", "ce_specversion"}) {
            refused(binary(name, "x".repeat(2_000)), JSON, "2000 bytes");
        }
        refused(binary("ce_id", "a\0b"), JSON, "control character");
        refused(binary("ce_source", "not a uri"), JSON, "no URI");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"question\":\"a\\u0000b\",\"answer\":\"x\"}",
                "{\"question\":\"a\\ud800b\",\"answer\":\"x\"}",
                "{\"question\":\"q\",\"answer\":\"x\",\"aliases\":[\"\\udc00\"]}",
                "{\"question\":\"q\",\"answer\":\"x\",\"source\":{\"span\":\"\\u0000\"}}",
                "{\"question\":\"q\",\"question\":\"r\",\"answer\":\"x\"}",
                "{\"question\":\"q\",\"answer\":\"x\",\"validFrom\":\"0000-01-01T00:00:00Z\"}",
                "{\"question\":\"q\",\"answer\":\"x\",\"validTo\":\"10000-01-01T00:00:00Z\"}",
                "{\"question\":\"q\",\"answer\":\"x\",\"validTo\":5}",
                "{\"question\":\"q\",\"moon\":1e999999999}",
                "{\"question\":\"q\",\"moon\":1e-999999999}",
                "{\"question\":{\"deep\":1}}",
                "{\"question\":NaN}",
                "{\"question\":\"q\"} {}",
                "{\"question\":\"q\"",
                "{",
                "[]",
                "null",
                "",
                "\uFEFF{}"
            })
    void aValueThatCannotBeKeptIsRefused(String json) {
        refused(binary("ce_id", "e1"), json);
    }

    @Test
    void aNestingThatWouldOverflowTheStackIsRefused() {
        refused(binary("ce_id", "e1"), "{\"moon\":".repeat(300_000), "nest");
        refused(binary("ce_id", "e1"), "{\"moon\":" + "[".repeat(300_000), "nest");
    }

    @Test
    void aFieldOfANewerProducerIsIgnored() throws Exception {
        var event = read(binary("ce_id", "e1"), "{\"question\":\"q\",\"moon\":1}");

        assertThat(event.payload()).isEqualTo(Fact.newBuilder().setQuestion("q").build());
    }

    @Test
    void anUnreadableMessageIsRefusedWithItsReason() {
        assertThatThrownBy(() -> EventCodec.read(message(new RecordHeaders(), new byte[0])))
                .hasMessageContaining("ce_type is missing");
        refused(binary("ce_type", "io.loremesh.fact.sung.v1"), JSON, "fact.sung.v1 is not known");
        assertThatThrownBy(() -> EventCodec.read(message(binary("ce_id", "1"), null)))
                .hasMessageContaining("has no value");
        assertThatThrownBy(() -> EventCodec.read(message(binary("ce_id", "1"), JSON.getBytes(UTF_16LE))))
                .isInstanceOf(UnreadableEventException.class);
        assertThatThrownBy(() -> EventCodec.read(message(binary("ce_id", "1"), new byte[] {(byte) 0xff})))
                .hasMessageContaining("not UTF-8");
    }

    private static void refused(Headers headers, String value, String... words) {
        assertThatThrownBy(() -> read(headers, value))
                .isInstanceOf(UnreadableEventException.class)
                .message()
                .contains(Stream.concat(Stream.of(""), Stream.of(words)).toList())
                .hasSizeBetween(10, 1_000);
    }

    private static Event read(Headers headers, String value) throws UnreadableEventException {
        return EventCodec.read(message(headers, value.getBytes(UTF_8)));
    }

    private static Headers structured(String contentType) {
        return new RecordHeaders().add("content-type", contentType.getBytes(UTF_8));
    }

    /** Headers of a good event, one of them set otherwise. */
    private static Headers binary(String name, String value) {
        Map<String, String> values = new LinkedHashMap<>(Map.of(
                "ce_specversion", "1.0",
                "ce_id", "e1",
                "ce_type", "io.loremesh.fact.recorded.v1",
                "ce_source", "/test",
                "ce_subject", "facts/1"));
        values.put(name, value);
        var headers = new RecordHeaders();
        values.forEach((key, text) -> headers.add(key, text.getBytes(UTF_8)));
        return headers;
    }

    private static Headers without(String name) {
        return binary("ce_id", "e1").remove(name);
    }

    private static ConsumerRecord<String, byte[]> message(Headers headers, byte[] value) {
        return new ConsumerRecord<>(
                Topics.KNOWLEDGE,
                0,
                0,
                TAKEN.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                "k",
                value,
                headers,
                Optional.empty());
    }
}
