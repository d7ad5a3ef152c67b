package io.loremesh.retriever.index;

import io.loremesh.events.DeadLetter;
import io.loremesh.events.Event;
import io.loremesh.events.EventCodec;
import io.loremesh.events.Topics;
import io.loremesh.events.UnreadableEventException;
import io.loremesh.knowledge.Stamp;
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
import org.apache.lucene.store.AlreadyClosedException;
import org.jboss.logging.Logger;

/**
 * Follows the knowledge topic on a thread of its own: reads from the index's own position, applies each event, makes
 * the batch searchable, commits the index. It asks for more only when it is done, so a burst waits in Kafka and not in
 * memory.
 *
 * <p>Nothing ends the thread but {@link #close}. A message that cannot be applied goes to the dead-letter topic,
 * whatever was thrown. Trouble that passes (Kafka away, a full disk) is waited for, longer each time; then it goes on
 * from the index's last commit.
 */
public final class KnowledgeConsumer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(KnowledgeConsumer.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int LONGEST_PAUSE = 32;
    /** How often a message is tried that an engine fails at, before it is taken for the cause. */
    private static final int ATTEMPTS = 3;

    private final KnowledgeFlow flow;
    private final KnowledgeTopic topic;
    private final EventMetrics metrics;
    private final CommitPace pace;
    private final Duration retryPause;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("knowledge-consumer").unstarted(this::run);

    /** Where the topic ended when it was first reached: what must be applied before this service is ready. */
    private Map<TopicPartition, Long> endAtStart;

    /** The message that an engine last failed at, and how often; pauses grow with the failures in a row. */
    private String suspect = "";

    private int attempts;
    private int failures;

    private volatile boolean caughtUp;
    private volatile boolean indexFailed;
    private volatile String trouble = "the topic has not been reached yet";

    /** @param retryPause how long to wait for Kafka before the next attempt; up to 32 times as long if it stays away */
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

    /** Whether everything that the topic held when it was first reached has been applied, and what comes can be. */
    public boolean caughtUp() {
        return caughtUp && !indexFailed;
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
            } catch (KafkaException e) {
                standBack(e, false);
            } catch (Exception | Error e) {
                standBack(e, true);
            }
        }
    }

    private void standBack(Throwable failure, boolean ofIndex) {
        indexFailed = ofIndex;
        trouble = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        Duration pause = retryPause.multipliedBy(Math.min(LONGEST_PAUSE, 1L << Math.min(failures++, 16)));
        LOG.warnf("not following %s: %s; trying again in %s", Topics.KNOWLEDGE, trouble, pause);
        if (ofIndex) {
            LOG.debug("not following for", failure);
        }
        try {
            stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            stop.countDown(); // nobody here interrupts this thread but to end it
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
        LOG.infof("following %s from %s", Topics.KNOWLEDGE, position.nextOffsets());
        while (stop.getCount() > 0 && !session.outdated()) {
            apply(consumer.poll(POLL), session.deadLetters());
            for (int due = flow.applyDue(Instant.now()); due > 0; due--) {
                pace.applied();
            }
            if (pace.due()) {
                flow.commit();
                pace.committed();
            }
            trouble = "";
            indexFailed = false;
            failures = 0;
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
            var outcome = flow.apply(event, Stamp.of(event, message), message.partition(), message.offset());
            metrics.heard(event.type(), outcome);
        } catch (UnreadableEventException | RejectedKnowledgeException e) {
            setAside(message, e.getMessage(), deadLetters);
        } catch (AlreadyClosedException e) {
            throw new IOException("the index was closed by a failure: " + e.getMessage(), e);
        } catch (EncodingException | OutOfMemoryError e) {
            if (!isCause(message)) {
                throw e;
            }
            setAside(message, "failed %d times: %s".formatted(ATTEMPTS, e.getMessage()), deadLetters);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.errorf(e, "%s cannot be applied", DeadLetter.origin(message));
            setAside(message, "it could not be applied: %s; please report it".formatted(e), deadLetters);
        }
    }

    private boolean isCause(ConsumerRecord<?, ?> message) {
        String origin = DeadLetter.origin(message);
        attempts = origin.equals(suspect) ? attempts + 1 : 1;
        suspect = origin;
        return attempts >= ATTEMPTS;
    }

    private void setAside(ConsumerRecord<byte[], byte[]> message, String reason, DeadLetters deadLetters) {
        LOG.warnf("%s goes to the dead-letter topic: %s", DeadLetter.origin(message), reason);
        deadLetters.send(message, reason);
        flow.skip(message.partition(), message.offset());
        metrics.deadLettered();
    }

    /** Stops after the event at hand. The caller commits. */
    @Override
    public void close() throws InterruptedException {
        stop.countDown();
        topic.wakeup();
        thread.join();
    }
}
