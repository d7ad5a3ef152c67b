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

    /** Longest reason, UTF-16 units. */
    private static final int MOST = 2_000;

    private DeadLetter() {}

    /** The letter of a message, on the dead-letter topic of its topic. */
    public static <K, V> ProducerRecord<K, V> of(ConsumerRecord<K, V> message, String reason) {
        var letter = new ProducerRecord<>(
                Topics.deadLetter(message.topic()), null, message.key(), message.value(), message.headers());
        letter.headers().add(REASON, bytes(String.valueOf(reason))).add(ORIGIN, bytes(origin(message)));
        return letter;
    }

    /**
     * The letter of a message that is too large for the dead-letter topic with a reason added: where it lies, and why.
     */
    public static <K, V> ProducerRecord<K, V> withoutValue(ConsumerRecord<K, V> message, String reason) {
        var letter = new ProducerRecord<K, V>(Topics.deadLetter(message.topic()), null, null, null);
        letter.headers()
                .add(REASON, bytes(reason + " (too large to be set aside here with its value)"))
                .add(ORIGIN, bytes(origin(message)));
        return letter;
    }

    private static byte[] bytes(String text) {
        return (text.length() > MOST ? text.substring(0, MOST) : text).getBytes(UTF_8);
    }

    /** Where a message lies: {@code topic/partition/offset}. */
    public static String origin(ConsumerRecord<?, ?> message) {
        return "%s/%d/%d".formatted(message.topic(), message.partition(), message.offset());
    }
}
