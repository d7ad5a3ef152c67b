package io.loremesh.retriever.index;

import io.loremesh.events.DeadLetter;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Sets aside messages that cannot be read or applied, as they came, with the reason in a header. */
final class DeadLetters {
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
        try {
            send(DeadLetter.of(message, reason));
        } catch (RecordTooLargeException e) {
            send(DeadLetter.withoutValue(message, reason));
        }
    }

    private void send(ProducerRecord<byte[], byte[]> letter) {
        try {
            producer.send(letter).get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RecordTooLargeException tooLarge) {
                throw tooLarge;
            }
            throw new KafkaException("a message did not reach " + letter.topic(), e.getCause());
        }
    }
}
