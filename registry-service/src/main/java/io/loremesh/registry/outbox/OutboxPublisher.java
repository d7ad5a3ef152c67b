package io.loremesh.registry.outbox;

import io.loremesh.registry.outbox.Transactions.Lock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/**
 * Brings the outbox to Kafka: in order, each event at least once, deleted when Kafka has acknowledged it. Woken at
 * every commit, and each second for what an outage or another process left behind. While Kafka is away the events wait
 * in their table.
 */
@ApplicationScoped
public class OutboxPublisher {
    private static final Logger LOG = Logger.getLogger(OutboxPublisher.class);
    private static final int BATCH = 100;

    /**
     * Between two looks into the outbox: what is committed meanwhile goes together, in one transaction and not in one
     * each.
     */
    private static final Duration REST = Duration.ofMillis(50);

    private final Transactions transactions;
    private final MutinyEmitter<ProducerRecord<String, byte[]>> kafka;
    private final Counter published;
    /** Wake-ups not yet answered; the one that raises it from 0 does the work for all. */
    private final AtomicInteger wakeUps = new AtomicInteger();

    OutboxPublisher(
            Transactions transactions,
            @Channel("events") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<ProducerRecord<String, byte[]>> kafka,
            MeterRegistry meters) {
        this.transactions = transactions;
        this.kafka = kafka;
        this.published = meters.counter("loremesh.registry.outbox.published");
    }

    void wake(@Observes OutboxWritten written) {
        wake();
    }

    @Scheduled(every = "1s", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void wake() {
        if (wakeUps.getAndIncrement() == 0) {
            drain();
        }
    }

    private void drain() {
        int answered = wakeUps.get();
        publishBatch().subscribe().with(more -> next(answered, more), failure -> {
            LOG.warnf("outbox waits: %s", failure.getMessage());
            next(answered, false);
        });
    }

    private void next(int answered, boolean more) {
        if (wakeUps.addAndGet(-answered) > 0) {
            Uni.createFrom().voidItem().onItem().delayIt().by(REST).subscribe().with(rested -> drain());
        } else if (more) {
            wake();
        }
    }

    /** Whether there may be more to publish right now. */
    private Uni<Boolean> publishBatch() {
        return transactions.in(() -> Transactions.tryLock(Lock.OUTBOX)
                .chain(mine -> mine ? oldest() : Uni.createFrom().item(List.<OutboxMessageEntity>of()))
                .chain(this::publish));
    }

    private static Uni<List<OutboxMessageEntity>> oldest() {
        return OutboxMessageEntity.findAll(Sort.by("id"))
                .page(Page.ofSize(BATCH))
                .list();
    }

    /** Stops at the first that Kafka does not take, and forgets those that it took. */
    private Uni<Boolean> publish(List<OutboxMessageEntity> messages) {
        return Multi.createFrom()
                .iterable(messages)
                .onItem()
                .transformToUniAndConcatenate(this::send)
                .select()
                .first(Boolean::booleanValue)
                .collect()
                .asList()
                .map(List::size)
                .chain(sent -> delete(messages.subList(0, sent)).replaceWith(sent == messages.size() && sent == BATCH));
    }

    private Uni<Boolean> send(OutboxMessageEntity message) {
        return kafka.send(message.toMessage())
                .invoke(() -> published.increment())
                .replaceWith(true)
                .onFailure()
                .invoke(failure -> LOG.warnf("Kafka does not take a message about %s: %s", message.key, failure))
                .onFailure()
                .recoverWithItem(false);
    }

    private static Uni<Void> delete(List<OutboxMessageEntity> sent) {
        return sent.isEmpty()
                ? Uni.createFrom().voidItem()
                : OutboxMessageEntity.delete(
                                "id in ?1",
                                sent.stream().map(message -> message.id).toList())
                        .replaceWithVoid();
    }
}
