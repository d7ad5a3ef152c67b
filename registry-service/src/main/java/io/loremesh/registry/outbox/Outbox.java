package io.loremesh.registry.outbox;

import com.google.protobuf.Message;
import io.loremesh.events.Event;
import io.loremesh.events.EventType;
import io.loremesh.registry.outbox.Transactions.Lock;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where a change and the event about it become one: both are written in the same transaction, so neither exists without
 * the other, whatever dies when. {@link OutboxPublisher} brings the events to Kafka.
 */
@ApplicationScoped
public class Outbox {
    private static final String SOURCE = "/loremesh/registry";

    private final Transactions transactions;
    private final jakarta.enterprise.event.Event<OutboxWritten> written;

    Outbox(Transactions transactions, jakarta.enterprise.event.Event<OutboxWritten> written) {
        this.transactions = transactions;
        this.written = written;
    }

    /**
     * Runs work that may {@link #add} events, under the lock, and wakes those who wait for them once it is committed.
     */
    public <T> Uni<T> commit(Lock lock, Supplier<Uni<T>> work) {
        return commit(() -> Transactions.lock(lock).chain(work::get));
    }

    /** As {@link #commit(Lock, Supplier)}, for work that takes its lock itself. */
    public <T> Uni<T> commit(Supplier<Uni<T>> work) {
        return transactions.in(work).invoke(() -> written.fire(new OutboxWritten()));
    }

    /** What is to be told: a type, a resource name, and the resource. */
    public record Happened(EventType type, String subject, Message payload) {}

    /** Within the transaction of {@link #commit}: says that this happened. Other work need not wait for it. */
    public Uni<Void> add(EventType type, String subject, Message payload) {
        return add(List.of(new Happened(type, subject, payload)));
    }

    /** As {@link #add(EventType, String, Message)}, of several things in this order. */
    public Uni<Void> add(List<Happened> happened) {
        return OutboxMessageEntity.write(happened.stream()
                .map(one -> OutboxMessageEntity.of(Event.of(one.type(), SOURCE, one.subject(), one.payload())))
                .toList());
    }
}
