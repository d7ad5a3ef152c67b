package io.loremesh.registry.outbox;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Runs work on the database, each in a transaction and a Vert.x context of its own. So the caller may be anywhere (an event
 * loop, a Kafka consumer, a worker thread in the middle of an evaluation) and two pieces of work never share a session.
 */
@ApplicationScoped
public class Transactions {
    /** What is written by one transaction at a time, in every process of the registry. */
    public enum Lock {
        LEDGER,
        VERSIONS,
        ALIASES,
        OUTBOX,
        /** Taken last, within a transaction that holds another. */
        AUDIT,
        ARTIFACTS
    }

    private final VertxInternal vertx;

    Transactions(Vertx vertx) {
        this.vertx = (VertxInternal) vertx;
    }

    /** Runs the work in a transaction: commits when its Uni completes, rolls back when it fails. Each subscription runs anew. */
    public <T> Uni<T> in(Supplier<Uni<T>> work) {
        return Uni.createFrom().emitter(emitter -> {
            Context context = VertxContext.createNewDuplicatedContext(vertx.createEventLoopContext());
            VertxContextSafetyToggle.setContextSafe(context, true);
            context.runOnContext(
                    ignored -> Panache.withTransaction(work).subscribe().with(emitter::complete, emitter::fail));
        });
    }

    /** As {@link #in}, once no other transaction holds the lock. It is let go with the transaction. */
    public <T> Uni<T> in(Lock lock, Supplier<Uni<T>> work) {
        return in(() -> lock(lock).chain(work::get));
    }

    /** Within a transaction: waits until no other transaction holds the lock. It is let go with the transaction. */
    public static Uni<Void> lock(Lock lock) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("select pg_advisory_xact_lock(:lock)")
                        .setParameter("lock", key(lock))
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** Within a transaction: does what blocks on a worker thread, and goes on where the transaction runs. */
    public static <T> Uni<T> blocking(Callable<T> work) {
        return Uni.createFrom()
                .completionStage(
                        () -> Vertx.currentContext().executeBlocking(work).toCompletionStage());
    }

    /** Within a transaction: takes the lock if it is free, and tells whether it did. */
    static Uni<Boolean> tryLock(Lock lock) {
        return Panache.getSession()
                .chain(session -> session.<Boolean>createNativeQuery("select pg_try_advisory_xact_lock(:lock)")
                        .setParameter("lock", key(lock))
                        .getSingleResult());
    }

    /** Advisory locks are shared by a whole database: the first half is the registry's own. */
    private static long key(Lock lock) {
        return 0x6c6f_7265L << 32 | lock.ordinal();
    }
}
