package io.loremesh.generator.answer;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Runs blocking flows for the event loops, a virtual thread each and no more than so many at a time. They wait for the
 * engine and for neighbours; native code runs on the engine's own thread.
 */
@ApplicationScoped
public class RequestThreads {
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("request-", 0).factory());
    private final Semaphore places;
    private final int limit;

    RequestThreads(AnswerConfig config) {
        this.limit = config.inFlight();
        this.places = new Semaphore(limit);
    }

    /** A stream whose items a flow emits; its failure becomes a gRPC status. */
    public <T> Multi<T> stream(Consumer<MultiEmitter<? super T>> flow) {
        return Multi.createFrom()
                .<T>emitter(emitter -> start(
                        () -> {
                            flow.accept(emitter);
                            emitter.complete();
                            return null;
                        },
                        emitter::fail))
                .onFailure()
                .transform(GrpcErrors::toStatus);
    }

    /** A single result that a flow returns; its failure becomes a gRPC status. */
    <T> Uni<T> single(Callable<T> flow) {
        return Uni.createFrom()
                .<T>emitter(emitter -> start(
                        () -> {
                            emitter.complete(flow.call());
                            return null;
                        },
                        emitter::fail))
                .onFailure()
                .transform(GrpcErrors::toStatus);
    }

    private void start(Callable<Void> flow, Consumer<Throwable> failed) {
        if (!places.tryAcquire()) {
            failed.accept(new TooManyRequestsException(limit));
            return;
        }
        threads.execute(() -> {
            try {
                flow.call();
            } catch (Throwable failure) {
                // An error ends this request, too: whoever waits for it is told.
                failed.accept(failure);
            } finally {
                places.release();
            }
        });
    }

    /** Stops a flow whose client has gone. */
    public static void requireListener(MultiEmitter<?> emitter) {
        if (emitter.isCancelled()) {
            throw new CancellationException("The client has gone");
        }
    }

    @PreDestroy
    void stop() {
        threads.shutdown();
    }
}
