package io.loremesh.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A message that cannot be read or applied, set aside as it came, with the reason and where it lay in headers. */
public final class DeadLetter {
    /** Header: why it is one. */
    public static final String REASON = "loremesh-reason";

    /** Header: {@code topic/partition/offset} of the message. */
    public static final String ORIGIN = "loremesh-origin";

    private DeadLetter() {}

    /** The letter of a message, on the dead-letter topic of its topic. */
    public static <K, V> ProducerRecord<K, V> of(ConsumerRecord<K, V> message, String reason) {
        var letter = new ProducerRecord<>(
                Topics.deadLetter(message.topic()), null, message.key(), message.value(), message.headers());
        letter.headers()
                .add(REASON, String.valueOf(reason).getBytes(UTF_8))
                .add(ORIGIN, origin(message).getBytes(UTF_8));
        return letter;
    }

    /** Where a message lies: {@code topic/partition/offset}. */
    public static String origin(ConsumerRecord<?, ?> message) {
        return "%s/%d/%d".formatted(message.topic(), message.partition(), message.offset());
    }
}
