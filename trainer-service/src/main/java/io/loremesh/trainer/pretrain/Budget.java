package io.loremesh.trainer.pretrain;

import java.time.Duration;

/**
 * How long a run may take. The phases share the time by their tokens; each ends at its tokens or at its share of the time
 * left, whichever comes first, so that the last phase's falling rate always reaches its floor. A run that meets its
 * deadline is no longer reproducible by its seed; one that finishes by tokens is.
 */
final class Budget {

    private final long deadline; // System.nanoTime, or Long.MAX_VALUE
    private long tokensLeft;
    private long phaseTokens;
    private long phaseStart;
    private long phaseEnd;

    private Budget(long deadline, long tokens) {
        this.deadline = deadline;
        this.tokensLeft = tokens;
    }

    static Budget unlimited(long tokens) {
        return new Budget(Long.MAX_VALUE, tokens);
    }

    static Budget of(Duration time, long tokens) {
        return new Budget(System.nanoTime() + time.toNanos(), tokens);
    }

    void startPhase(long tokens) {
        phaseTokens = tokens;
        phaseStart = System.nanoTime();
        phaseEnd = deadline == Long.MAX_VALUE
                ? Long.MAX_VALUE
                : phaseStart + (long) ((double) (deadline - phaseStart) * tokens / tokensLeft);
        tokensLeft -= tokens;
    }

    /** How much of the phase is over, 0 to 1. */
    double progress(long tokensDone) {
        double byTokens = (double) tokensDone / phaseTokens;
        double byTime = phaseEnd == Long.MAX_VALUE
                ? 0
                : (double) (System.nanoTime() - phaseStart) / Math.max(1, phaseEnd - phaseStart);
        return Math.min(1, Math.max(byTokens, byTime));
    }

    /** What is left of the whole run at this pace. */
    Duration eta(long tokensDone, double tokensPerSecond) {
        long byTokens = (long) ((phaseTokens - tokensDone + tokensLeft) / Math.max(1, tokensPerSecond));
        return Duration.ofSeconds(
                deadline == Long.MAX_VALUE
                        ? byTokens
                        : Math.min(byTokens, Math.max(0, (deadline - System.nanoTime()) / 1_000_000_000L)));
    }
}
