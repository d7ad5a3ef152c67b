package io.loremesh.trainer.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One training run in a process of its own, so that a native crash or an out-of-memory kill ends the run and not the
 * service. Its standard input stays open as long as the service lives ({@link ParentWatch}); standard error goes to the
 * run's log. {@link #stop} may be called from any thread.
 */
final class TrainingProcess {
    /** {@link Process#exitValue} of a process that a signal ended is this plus the signal. */
    private static final int SIGNALLED = 128;

    private final Process process;
    private final Path log;
    private volatile boolean stopping;

    /** How a training process ended. */
    sealed interface Outcome {
        record Trained(double trainedAccuracy) implements Outcome {}

        record Broken(String reason) implements Outcome {}
    }

    private TrainingProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * @param threads for the native engine's own pools, which read the environment before any code of ours runs
     * @param log takes standard error
     */
    static TrainingProcess start(TrainingCommand command, Path specification, int threads, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command.arguments(specification)).redirectError(log.toFile());
        builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
        try {
            return new TrainingProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("The training process cannot be started: " + e.getMessage(), e);
        }
    }

    /** Follows the process to its end. */
    Outcome await(Consumer<TrainingProgress> onProgress) throws InterruptedException {
        int step = 0;
        Outcome told = null;
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                switch (TrainingEvent.read(line).orElse(null)) {
                    case null -> {}
                    case TrainingEvent.Progressed(TrainingProgress progress) -> {
                        step = progress.step();
                        onProgress.accept(progress);
                    }
                    case TrainingEvent.Failed(String reason) -> told = new Outcome.Broken(reason);
                    case TrainingEvent.Succeeded(double accuracy) -> told = new Outcome.Trained(accuracy);
                }
            }
            return outcome(told, process.waitFor(), step);
        } catch (IOException e) {
            // To ask a process to end closes what it tells: it still has its grace, and is followed to its end.
            if (!stopping) {
                process.destroyForcibly();
            }
            process.waitFor();
            return new Outcome.Broken("what the training process tells cannot be read: " + e.getMessage());
        } finally {
            close();
        }
    }

    /** Asks the process to end, and kills it where it has not after {@code grace}. Returns at once. */
    void stop(Duration grace) {
        stopping = true;
        process.destroy();
        process.onExit()
                .orTimeout(grace.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(late -> process.destroyForcibly());
    }

    long pid() {
        return process.pid();
    }

    private Outcome outcome(Outcome told, int exit, int step) {
        if (told instanceof Outcome.Broken || told != null && exit == 0) {
            return told;
        }
        String when = step == 0 ? "before its first step" : "at step " + step;
        return new Outcome.Broken(
                exit > SIGNALLED
                        ? "training process was killed by signal %d %s; start the run again"
                                .formatted(exit - SIGNALLED, when)
                        : "training process ended with status %d %s: %s".formatted(exit, when, lastLogLine()));
    }

    /** The last line that is no frame of a stack trace: it names what went wrong. */
    private String lastLogLine() {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
            return lines.filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                    .reduce((earlier, later) -> later)
                    .orElse("it left no message in " + log);
        } catch (IOException | UncheckedIOException e) {
            return "its log %s cannot be read".formatted(log);
        }
    }

    private void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // The pipe of a process that has ended: there is nobody left to tell.
        }
    }
}
