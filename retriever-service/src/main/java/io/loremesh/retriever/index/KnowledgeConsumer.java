package io.loremesh.retriever.index;

import io.loremesh.events.Event;
import io.loremesh.events.EventCodec;
import io.loremesh.events.Topics;
import io.loremesh.events.UnreadableEventException;
import io.loremesh.retriever.embedding.EncodingException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Follows the knowledge topic on a thread of its own: reads from the index's own position, applies each event, makes
 * the batch searchable, commits the index. It asks for more only when it is done, so a burst waits in Kafka and not in
 * memory. Without Kafka it tries again until it is told to stop.
 */
public final class KnowledgeConsumer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(KnowledgeConsumer.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final KnowledgeFlow flow;
    private final KnowledgeTopic topic;
    private final EventMetrics metrics;
    private final CommitPace pace;
    private final Duration retryPause;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("knowledge-consumer").unstarted(this::run);

    /** Where the topic ended when it was first reached: what must be applied before this service is ready. */
    private Map<TopicPartition, Long> endAtStart;

    private volatile boolean caughtUp;
    private volatile String trouble = "the topic has not been reached yet";

    /** @param retryPause how long to wait for Kafka before the next attempt */
    public KnowledgeConsumer(
            KnowledgeFlow flow, KnowledgeTopic topic, EventMetrics metrics, CommitPace pace, Duration retryPause) {
        this.flow = flow;
        this.topic = topic;
        this.metrics = metrics;
        this.pace = pace;
        this.retryPause = retryPause;
    }

    public void start() {
        thread.start();
    }

    /** Whether everything that the topic held when it was first reached has been applied. */
    public boolean caughtUp() {
        return caughtUp;
    }

    /** What keeps it from following the topic, in words; empty while all is well. */
    public String trouble() {
        return trouble;
    }

    public boolean alive() {
        return thread.isAlive();
    }

    private void run() {
        while (stop.getCount() > 0) {
            try (var session = topic.connect()) {
                follow(session);
            } catch (WakeupException e) {
                LOG.debug("woken to stop");
            } catch (KafkaException | EncodingException | IOException e) {
                trouble = e.getMessage();
                LOG.warnf("not following %s: %s; trying again in %s", Topics.KNOWLEDGE, e.getMessage(), retryPause);
                pause();
            }
        }
    }

    private void follow(KnowledgeTopic.Session session) throws IOException {
        Consumer<byte[], byte[]> consumer = session.consumer();
        LogPosition position = flow.follow(session.topicId());
        Collection<TopicPartition> partitions = session.partitions();
        consumer.assign(partitions);
        for (TopicPartition partition : partitions) {
            consumer.seek(partition, position.nextOffsets().getOrDefault(partition.partition(), 0L));
        }
        if (endAtStart == null) {
            endAtStart = consumer.endOffsets(partitions);
        }
        if (!trouble.isEmpty()) {
            LOG.infof("following %s from %s", Topics.KNOWLEDGE, position.nextOffsets());
            trouble = "";
        }
        while (stop.getCount() > 0 && !session.outdated()) {
            apply(consumer.poll(POLL), session.deadLetters());
            if (pace.due()) {
                flow.commit();
                pace.committed();
            }
            caughtUp = caughtUp || reached(endAtStart, consumer);
        }
    }

    private static boolean reached(Map<TopicPartition, Long> ends, Consumer<?, ?> consumer) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void apply(ConsumerRecords<byte[], byte[]> messages, DeadLetters deadLetters) throws IOException {
        List<Instant> published = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> message : messages) {
            apply(message, deadLetters);
            published.add(Instant.ofEpochMilli(message.timestamp()));
            pace.applied();
        }
        if (!published.isEmpty()) {
            flow.settle();
            published.forEach(metrics::searchable);
        }
    }

    private void apply(ConsumerRecord<byte[], byte[]> message, DeadLetters deadLetters) throws IOException {
        try {
            Event event = EventCodec.read(message);
            flow.apply(event, message.partition(), message.offset());
            metrics.applied(event.type());
        } catch (UnreadableEventException | RejectedKnowledgeException e) {
            LOG.warnf(
                    "%s/%d/%d goes to the dead-letter topic: %s",
                    message.topic(), message.partition(), message.offset(), e.getMessage());
            deadLetters.send(message, e.getMessage());
            flow.skip(message.partition(), message.offset());
            metrics.deadLettered();
        }
    }

    private void pause() {
        try {
            stop.await(retryPause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            stop.countDown(); // nobody here interrupts this thread but to end it
        }
    }

    /** Stops after the event at hand. The caller commits. */
    @Override
    public void close() throws InterruptedException {
        stop.countDown();
        topic.wakeup();
        thread.join();
    }
}
