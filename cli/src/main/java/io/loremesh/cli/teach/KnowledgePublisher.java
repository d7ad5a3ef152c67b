package io.loremesh.cli.teach;

import io.loremesh.cli.connect.MeshAddress;
import io.loremesh.cli.terminal.Failure;
import io.loremesh.events.EventCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Tells lessons to the mesh as CloudEvents on Kafka. */
public final class KnowledgePublisher implements AutoCloseable {
    private static final int PATIENCE_MS = 10_000;

    private final String source;
    private final MeshAddress address;
    private final KafkaProducer<String, byte[]> producer;

    /** @param source who says so, a URI reference, for instance {@code /mesh/teach} */
    public KnowledgePublisher(MeshAddress address, String source) {
        this.source = source;
        this.address = address;
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                address.kafkaBootstrap(),
                "acks",
                "all",
                "enable.idempotence",
                true,
                "max.block.ms",
                PATIENCE_MS,
                "request.timeout.ms",
                PATIENCE_MS,
                "delivery.timeout.ms",
                2 * PATIENCE_MS);
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /** Makes the first publication as fast as the later ones. */
    public void warmUp(String topic) {
        producer.partitionsFor(topic);
    }

    /**
     * Publishes and returns when Kafka holds all of them.
     *
     * @return by partition of the knowledge topic the offset after the last lesson: a reader that is there has read
     *     them all
     */
    public Map<Integer, Long> publish(List<Lesson> lessons) throws InterruptedException {
        var next = new HashMap<Integer, Long>();
        send(lessons).forEach(place -> next.merge(place.partition(), place.offset() + 1, Math::max));
        return next;
    }

    /** Publishes and returns when Kafka holds all of them: where each lies, in the order given. */
    List<RecordMetadata> send(List<Lesson> lessons) throws InterruptedException {
        var sent = new ArrayList<Future<RecordMetadata>>();
        for (Lesson lesson : lessons) {
            sent.add(producer.send(EventCodec.toRecord(lesson.toEvent(source))));
        }
        producer.flush();
        var places = new ArrayList<RecordMetadata>();
        for (Future<RecordMetadata> one : sent) {
            try {
                places.add(one.get());
            } catch (ExecutionException e) {
                throw failure(e.getCause());
            }
        }
        return places;
    }

    private Failure failure(Throwable cause) {
        return cause instanceof TimeoutException
                ? new Failure(
                        "no Kafka broker answers at %s; is the mesh up? Start it with `./mesh up`"
                                .formatted(address.kafkaBootstrap()),
                        cause)
                : new Failure("Kafka at %s refused an event: %s".formatted(address.kafkaBootstrap(), cause), cause);
    }

    @Override
    public void close() {
        producer.close();
    }
}
