package io.loremesh.lab.pretrain;

import io.loremesh.lab.curriculum.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Counts a phase's steps: where it stands, how fast it goes, and the mean loss of the last few steps (a window). */
final class PhasePace {

    private static final int WINDOW_STEPS = 25;

    private final Progress start;
    private final double peakFlops;
    private final long began = System.nanoTime();
    private long steps;
    private long tokens;
    private double flops;
    private double lastLoss = Double.NaN;

    private long windowBegan = began;
    private int windowSteps;
    private long windowTokens;
    private double windowFlops;
    private double windowLosses;

    /** @param peakFlops the machine's best rate, in floating-point operations per second */
    PhasePace(Progress start, double peakFlops) {
        this.start = start;
        this.peakFlops = peakFlops;
        this.steps = start.steps();
        this.tokens = start.tokens();
        this.flops = start.flops();
    }

    void add(double loss, int stepTokens, double stepFlops) {
        steps++;
        tokens += stepTokens;
        flops += stepFlops;
        windowSteps++;
        windowTokens += stepTokens;
        windowFlops += stepFlops;
        windowLosses += loss;
        lastLoss = windowLosses / windowSteps;
    }

    /** Windows end at the same steps whether the run was interrupted or not. */
    boolean windowFull() {
        return steps % WINDOW_STEPS == 0;
    }

    void startWindow() {
        windowBegan = System.nanoTime();
        windowSteps = 0;
        windowTokens = 0;
        windowFlops = 0;
        windowLosses = 0;
    }

    double windowLoss() {
        return windowLosses / windowSteps;
    }

    /** The mean loss of the window under way, or of the last one; NaN before the first step. */
    double lastLoss() {
        return lastLoss;
    }

    long steps() {
        return steps;
    }

    long tokens() {
        return tokens;
    }

    long tokensSeen() {
        return start.tokensSeen() + tokens - start.tokens();
    }

    Progress progress(List<LossPlot.Point> plotted) {
        double seconds = start.seconds() + (System.nanoTime() - began) / 1e9;
        return new Progress(start.command(), start.phase(), steps, tokens, tokensSeen(), seconds, flops, plotted);
    }

    /** @param tokensAfter of the phases that follow */
    String line(Phase phase, long tokensAfter) {
        double seconds = (System.nanoTime() - windowBegan) / 1e9;
        double rate = windowTokens / seconds;
        Duration eta = Duration.ofSeconds((long) ((phase.tokens() - tokens + tokensAfter) / Math.max(1, rate)));
        return String.format(
                Locale.ROOT,
                "%-4s step %5d  loss %.3f  %6.0f tokens/s  %2.0f %% of peak FLOPs  %5.2f M "
                        + "tokens  %3.0f %%  ETA %d:%02d",
                phase.name(),
                steps,
                windowLoss(),
                rate,
                100 * windowFlops / seconds / peakFlops,
                tokensSeen() / 1e6,
                100.0 * Math.min(tokens, phase.tokens()) / phase.tokens(),
                eta.toMinutes(),
                eta.toSecondsPart());
    }
}
