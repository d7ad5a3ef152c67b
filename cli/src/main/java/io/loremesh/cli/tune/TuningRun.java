package io.loremesh.cli.tune;

import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.terminal.Failure;
import io.loremesh.cli.terminal.ProgressBar;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.proto.trainer.v1.CreateRunRequest;
import io.loremesh.proto.trainer.v1.Progress;
import io.loremesh.proto.trainer.v1.Run;
import io.loremesh.proto.trainer.v1.RunState;
import io.loremesh.proto.trainer.v1.WatchRunRequest;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;

/**
 * A run of the trainer that has succeeded.
 *
 * @param run as it ended, with the version that it made
 * @param duration from the request to the end
 */
public record TuningRun(Run run, Duration duration) {
    /**
     * Creates the run and watches it to its end, a progress bar with the loss meanwhile.
     *
     * @throws Failure with the trainer's reason if the run fails or is cancelled
     */
    public static TuningRun complete(MeshClients clients, CreateRunRequest request, Terminal terminal) {
        long begin = System.nanoTime();
        Run run = clients.trainer().createRun(request);
        terminal.line("  %s: %d facts", run.getName(), run.getFactsCount());
        KeptOutFacts.print(run.getKeptOutList(), terminal);
        int told = run.getKeptOutCount();
        var bar = new ProgressBar(terminal, 10);
        Iterator<Run> states = clients.watchTrainer()
                .watchRun(WatchRunRequest.newBuilder().setName(run.getName()).build());
        while (states.hasNext()) {
            run = states.next();
            show(bar, run);
        }
        bar.end();
        if (run.getKeptOutCount() > told) {
            terminal.line("  while it waited:");
            KeptOutFacts.print(run.getKeptOutList().subList(told, run.getKeptOutCount()), terminal);
        }
        if (run.getState() != RunState.RUN_STATE_SUCCEEDED) {
            throw new Failure("%s ended %s: %s".formatted(run.getName(), word(run.getState()), run.getReason()));
        }
        return new TuningRun(run, Duration.ofNanos(System.nanoTime() - begin));
    }

    private static void show(ProgressBar bar, Run run) {
        Progress progress = run.getProgress();
        if (run.hasProgress()) {
            bar.show(
                    progress.getStep(),
                    progress.getTotalSteps(),
                    "%s  step %d of %d  loss %.4f  %,.0f tokens/s  %d s to go"
                            .formatted(
                                    word(run.getState()),
                                    progress.getStep(),
                                    progress.getTotalSteps(),
                                    progress.getLoss(),
                                    progress.getTokensPerSecond(),
                                    progress.getEta().getSeconds()));
        } else {
            bar.show(0, 1, word(run.getState()));
        }
    }

    private static String word(RunState state) {
        return state.name().replace("RUN_STATE_", "").toLowerCase(Locale.ROOT);
    }
}
