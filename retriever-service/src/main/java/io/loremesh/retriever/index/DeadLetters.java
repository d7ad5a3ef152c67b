package io.loremesh.retriever.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.loremesh.events.Topics;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Sets aside messages that cannot be read or applied, as they came, with the reason in a header. */
final class DeadLetters {
    private static final String REASON = "loremesh-reason";
    private static final String ORIGIN = "loremesh-origin";

    private final Producer<byte[], byte[]> producer;

    DeadLetters(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /**
     * Returns once the message is safe on the dead-letter topic.
     *
     * @throws KafkaException if it is not: the message must then be read again
     */
    void send(ConsumerRecord<byte[], byte[]> message, String reason) {
        var letter = new ProducerRecord<>(Topics.deadLetter(message.topic()), message.key(), message.value());
        message.headers().forEach(letter.headers()::add);
        String origin = "%s/%d/%d".formatted(message.topic(), message.partition(), message.offset());
        letter.headers().add(REASON, reason.getBytes(UTF_8)).add(ORIGIN, origin.getBytes(UTF_8));
        try {
            producer.send(letter).get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw new KafkaException("message %s did not reach the dead-letter topic".formatted(origin), e.getCause());
        }
    }
}
