package io.loremesh.registry.faults;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Writes one thing after the other on a thread of its own, each again until it is acknowledged, and remembers what was.
 * A refusal that a caller is not told to repeat ends it.
 */
final class Writer<A> {
    /** One thing to write; made again, it is the same thing. Returns what was acknowledged. */
    interface Attempt<A> {
        A make() throws Exception;
    }

    /** Leaves a small machine time for those who are to come back. */
    private static final long PACE_NANOS = Duration.ofMillis(10).toNanos();

    private static final long AGAIN_NANOS = Duration.ofMillis(50).toNanos();

    private final String name;
    private final IntFunction<Attempt<A>> work;
    private final Thread thread;
    private final List<A> acknowledged = new ArrayList<>();
    private int refused;
    private int unanswered;
    private Exception broken;
    private volatile boolean stopping;

    Writer(String name, IntFunction<Attempt<A>> work) {
        this.name = name;
        this.work = work;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Ends it once its last attempt is acknowledged. */
    void stop() throws InterruptedException {
        stopping = true;
        thread.join();
    }

    synchronized int count() {
        return acknowledged.size();
    }

    synchronized int refused() {
        return refused;
    }

    /** Of those, calls that ran into their deadline. */
    synchronized int unanswered() {
        return unanswered;
    }

    /** In the order of writing. */
    synchronized List<A> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** What no caller would know how to go on from. */
    synchronized Optional<Exception> broken() {
        return Optional.ofNullable(broken);
    }

    @Override
    public String toString() {
        return name;
    }

    private void run() {
        try {
            for (int number = 1; !stopping; number++) {
                A written = untilAcknowledged(work.apply(number));
                synchronized (this) {
                    acknowledged.add(written);
                }
                LockSupport.parkNanos(PACE_NANOS);
            }
        } catch (Exception failure) {
            synchronized (this) {
                broken = failure;
            }
        }
    }

    private A untilAcknowledged(Attempt<A> attempt) throws Exception {
        while (true) {
            try {
                return attempt.make();
            } catch (StatusRuntimeException | ExecutionException failure) {
                if (!isWorthAnother(failure)) {
                    throw failure;
                }
                synchronized (this) {
                    refused++;
                    unanswered += Status.fromThrowable(failure).getCode() == Status.Code.DEADLINE_EXCEEDED ? 1 : 0;
                }
                LockSupport.parkNanos(AGAIN_NANOS);
            }
        }
    }

    /**
     * UNAVAILABLE says that it passes, ABORTED that another is at it: the one before, cut but not gone yet. A deadline
     * passes where others use the machine too; if calls were lost for good, this writer would not get on, and that is
     * looked at.
     */
    private static boolean isWorthAnother(Exception failure) {
        return failure instanceof StatusRuntimeException refusal
                ? switch (refusal.getStatus().getCode()) {
                    case UNAVAILABLE, ABORTED, DEADLINE_EXCEEDED -> true;
                    default -> false;
                }
                : failure.getCause() instanceof RetriableException;
    }
}
