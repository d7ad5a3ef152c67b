package io.loremesh.cli.tune;

import io.loremesh.cli.connect.AddressOptions;
import io.loremesh.cli.connect.VersionNames;
import io.loremesh.cli.terminal.Json;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.cli.version.Promotion;
import io.loremesh.cli.version.VersionJudgement;
import io.loremesh.proto.registry.v1.Decision;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.proto.trainer.v1.CreateRunRequest;
import io.loremesh.proto.trainer.v1.Hyperparameters;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "tune",
        description =
                "Train a new version on what the active one has not learned yet, and have it judged by the gates.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./mesh tune",
            "  ./mesh tune --promote --json tune.json",
            "  ./mesh tune --from base --steps 200",
            "",
            "Exit code 1 if the gates reject the new version, or if it was to be promoted and awaits approval."
        })
public final class TuneCommand implements Callable<Integer> {
    @Mixin
    private AddressOptions options;

    @Option(
            names = "--fact",
            description = "Fact to teach, facts/{fact}; may be repeated (default: all that is not learned).")
    private List<String> facts = List.of();

    @Option(names = "--from", description = "Version to go on from: v3, an alias, or base (default: the active one).")
    private String parent;

    @Option(names = "--steps", description = "Optimiser steps at most (default: the trainer's).")
    private int steps;

    @Option(names = "--rank", description = "Rank of the adapter (default: the trainer's).")
    private int rank;

    @Option(names = "--learning-rate", description = "Learning rate (default: the trainer's).")
    private double learningRate;

    @Option(names = "--seed", description = "Seed of data order and initial weights (default: the trainer's).")
    private long seed;

    @Option(names = "--unknowable", description = "A question that nobody can answer, for the gates; may be repeated.")
    private List<String> unknowable = List.of();

    @Option(names = "--promote", description = "Make the new version active if the gates accept it.")
    private boolean promote;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the judged version to this file.")
    private Path json;

    @Override
    public Integer call() {
        var terminal = Terminal.standard();
        try (var clients = options.connect()) {
            TuningRun tuning = TuningRun.complete(clients, request(), terminal);
            String name = tuning.run().getVersion();
            terminal.line(
                    "%s made in %.1f s; probing it:",
                    VersionNames.brief(name), tuning.duration().toMillis() / 1e3);
            Version version = VersionJudgement.of(clients, name, unknowable, terminal);
            Json.write(json, version);
            if (version.getVerdict().getDecision() == Decision.DECISION_AWAITING_APPROVAL) {
                terminal.line("`./mesh approve %s --by NAME --because TEXT` lets it pass", VersionNames.brief(name));
                return promote ? 1 : 0;
            }
            if (version.getVerdict().getDecision() != Decision.DECISION_ACCEPTED) {
                return 1;
            }
            if (promote) {
                Promotion.promote(clients, version, "mesh tune --promote", false);
                terminal.line("%s is active", VersionNames.brief(name));
            } else {
                terminal.line("Make it active with `./mesh promote %s`", VersionNames.brief(name));
            }
        }
        return 0;
    }

    private CreateRunRequest request() {
        return CreateRunRequest.newBuilder()
                .setModel(options.model())
                .setParent(parent == null ? "" : VersionNames.resolve(options.model(), parent))
                .addAllFacts(facts)
                .setHyperparameters(Hyperparameters.newBuilder()
                        .setMaxSteps(steps)
                        .setRank(rank)
                        .setLearningRate(learningRate)
                        .setSeed(seed))
                .setRequestId(UUID.randomUUID().toString())
                .build();
    }
}
