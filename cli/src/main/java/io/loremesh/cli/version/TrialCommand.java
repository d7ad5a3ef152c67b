package io.loremesh.cli.version;

import io.loremesh.cli.connect.AddressOptions;
import io.loremesh.cli.terminal.Failure;
import io.loremesh.cli.terminal.Json;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.proto.registry.v1.CancelTrialRequest;
import io.loremesh.proto.registry.v1.ListTrialsRequest;
import io.loremesh.proto.registry.v1.ListTrialsResponse;
import io.loremesh.proto.registry.v1.Trial;
import io.loremesh.proto.registry.v1.TrialState;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "trial",
        description = "Show the versions that were tried by `mesh promote --canary` or `--shadow`, or "
                + "end the trial under way.",
        footerHeading = "%nExample:%n",
        footer = {
            "  ./mesh trial",
            "  ./mesh trial --last 5 --json trials.json",
            "  ./mesh trial --end --reason \"wrong week\""
        })
public final class TrialCommand implements Callable<Integer> {
    @Mixin
    private AddressOptions options;

    @Option(
            names = "--last",
            paramLabel = "N",
            defaultValue = "1",
            description = "Trials to show, newest first, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    private int last;

    @Option(names = "--end", description = "End the trial that is under way; `active` stays where it is.")
    private boolean end;

    @Option(names = "--reason", defaultValue = "", description = "Why it ends; kept in the history.")
    private String reason;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the trials to this file.")
    private Path json;

    @Override
    public Integer call() {
        var terminal = Terminal.standard();
        try (var clients = options.connect()) {
            ListTrialsResponse trials = clients.registry()
                    .trials()
                    .listTrials(ListTrialsRequest.newBuilder()
                            .setParent(options.model())
                            .setPageSize(last)
                            .build());
            if (end) {
                Trial running = trials.getTrialsList().stream()
                        .filter(trial -> trial.getState() == TrialState.TRIAL_STATE_RUNNING)
                        .findFirst()
                        .orElseThrow(() -> new Failure(
                                "no trial of %s is under way; there is nothing to end".formatted(options.model())));
                trials = ListTrialsResponse.newBuilder()
                        .addTrials(clients.registry()
                                .trials()
                                .cancelTrial(CancelTrialRequest.newBuilder()
                                        .setName(running.getName())
                                        .setActor(Promotion.actor())
                                        .setReason(reason)
                                        .build()))
                        .build();
            }
            if (trials.getTrialsCount() == 0) {
                terminal.line("nothing was tried yet; `./mesh promote v3 --canary 10 --for 60s` tries a version");
            }
            trials.getTrialsList().forEach(trial -> TrialText.print(trial, terminal));
            Json.write(json, trials);
        }
        return 0;
    }
}
