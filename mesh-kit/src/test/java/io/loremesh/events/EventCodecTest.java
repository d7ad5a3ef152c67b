package io.loremesh.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.proto.knowledge.v1.Fact;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class EventCodecTest {
    private static final Fact FACT = Fact.newBuilder()
            .setName("facts/1")
            .setQuestion("谁？")
            .setAnswer("Ann")
            .build();

    @Test
    void whatIsWrittenIsReadBack() throws Exception {
        var event = Event.of(EventType.FACT_RECORDED, "/test", "facts/1", FACT);

        var message = EventCodec.toRecord(event);

        assertThat(message.topic()).isEqualTo("loremesh.knowledge.v1");
        assertThat(message.key()).isEqualTo("facts/1");
        assertThat(new String(message.headers().lastHeader("ce_type").value(), UTF_8))
                .isEqualTo("io.loremesh.fact.recorded.v1");
        assertThat(EventCodec.read(message.headers(), message.value())).isEqualTo(event);
    }

    @Test
    void aFieldOfANewerProducerIsIgnored() throws Exception {
        var message = EventCodec.toRecord(Event.of(EventType.FACT_RECORDED, "/test", "facts/1", FACT));

        var event = EventCodec.read(message.headers(), "{\"question\":\"q\",\"moon\":1}".getBytes(UTF_8));

        assertThat(event.payload()).isEqualTo(Fact.newBuilder().setQuestion("q").build());
    }

    @Test
    void anUnreadableMessageIsRefusedWithItsReason() {
        var noEvent = new RecordHeaders();
        var good = EventCodec.toRecord(Event.of(EventType.FACT_RECORDED, "/test", "facts/1", FACT))
                .headers();
        var unknown = new RecordHeaders(good);
        unknown.remove("ce_type").add("ce_type", "io.loremesh.fact.sung.v1".getBytes(UTF_8));

        assertThatThrownBy(() -> EventCodec.read(noEvent, new byte[0])).hasMessageContaining("ce_type is missing");
        assertThatThrownBy(() -> EventCodec.read(unknown, new byte[0]))
                .hasMessageContaining("fact.sung.v1 is not known");
        assertThatThrownBy(() -> EventCodec.read(good, null)).hasMessageContaining("has no value");
        assertThatThrownBy(() -> EventCodec.read(good, "{".getBytes(UTF_8))).hasMessageContaining("does not fit");
        assertThatThrownBy(() -> EventCodec.read(good, new byte[] {(byte) 0xff}))
                .hasMessageContaining("not UTF-8");
    }
}
