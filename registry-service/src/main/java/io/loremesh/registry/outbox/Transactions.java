package io.loremesh.registry.outbox;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.impl.MutinySessionImpl;
import org.hibernate.reactive.pool.ReactiveConnection;
import org.hibernate.reactive.session.ReactiveConnectionSupplier;

/**
 * Runs work on the database, each in a transaction and a Vert.x context of its own. So the caller may be anywhere (an
 * event loop, a Kafka consumer, a worker thread in the middle of an evaluation) and two pieces of work never share a
 * session.
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

    /**
     * Runs the work in a transaction: commits when its Uni completes, rolls back when it fails. Each subscription runs
     * anew.
     */
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
        return send("select pg_advisory_xact_lock($1)", key(lock));
    }

    /**
     * Within a transaction: as {@link #lock}, and sends at once what is to be asked then. The database takes the
     * statements of a connection in turn, so the answer is that of the time when the lock is held.
     */
    public static <T> Uni<T> lockAndAsk(Lock lock, Supplier<Uni<T>> question) {
        return Uni.combine()
                .all()
                .unis(lock(lock), Uni.createFrom().deferred(question::get))
                .collectFailures()
                .with((locked, answer) -> answer);
    }

    /**
     * Within a transaction: sends a statement past Hibernate, which waits for each answer before it sends the next. Its
     * parameters are {@code $1}, {@code $2} and so on.
     */
    public static Uni<Void> send(String sql, Object... parameters) {
        return connected(connection -> connection.update(sql, parameters)).replaceWithVoid();
    }

    /** As {@link #send}, once for each row of parameters. */
    public static Uni<Void> sendAll(String sql, List<Object[]> rows) {
        return connected(connection -> connection.update(sql, rows)).replaceWithVoid();
    }

    /** As {@link #send}, for a question: the first row of its answer, null where there is none. */
    public static Uni<Object[]> ask(String sql, Object... parameters) {
        return connected(connection -> connection.select(sql, parameters))
                .map(rows -> rows.hasNext() ? rows.next() : null);
    }

    private static <T> Uni<T> connected(Function<ReactiveConnection, CompletionStage<T>> work) {
        return Panache.getSession().chain(session -> Uni.createFrom()
                .completionStage(() -> work.apply(((MutinySessionImpl) session)
                        .unwrap(ReactiveConnectionSupplier.class)
                        .getReactiveConnection())));
    }

    /** Within a transaction: does what blocks on a worker thread, and goes on where the transaction runs. */
    public static <T> Uni<T> blocking(Callable<T> work) {
        return Uni.createFrom()
                .completionStage(
                        () -> Vertx.currentContext().executeBlocking(work).toCompletionStage());
    }

    /** Within a transaction: takes the lock if it is free, and tells whether it did. */
    static Uni<Boolean> tryLock(Lock lock) {
        return ask("select pg_try_advisory_xact_lock($1)", key(lock)).map(answer -> (Boolean) answer[0]);
    }

    /** Advisory locks are shared by a whole database: the first half is the registry's own. */
    private static long key(Lock lock) {
        return 0x6c6f_7265L << 32 | lock.ordinal();
    }
}
