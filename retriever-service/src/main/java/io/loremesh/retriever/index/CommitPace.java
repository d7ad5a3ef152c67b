package io.loremesh.retriever.index;

import java.time.Duration;

/**
 * When to commit: after so many events, or so long after the last commit while there is something to commit. Each
 * commit syncs files; what is not committed is read again from Kafka after a crash. For one thread.
 */
public final class CommitPace {
    private final long intervalNanos;
    private final int maxEvents;
    private long lastCommit = System.nanoTime();
    private int events;

    public CommitPace(Duration interval, int maxEvents) {
        this.intervalNanos = interval.toNanos();
        this.maxEvents = maxEvents;
    }

    void applied() {
        events++;
    }

    boolean due() {
        return events >= maxEvents || events > 0 && System.nanoTime() - lastCommit >= intervalNanos;
    }

    void committed() {
        events = 0;
        lastCommit = System.nanoTime();
    }
}
