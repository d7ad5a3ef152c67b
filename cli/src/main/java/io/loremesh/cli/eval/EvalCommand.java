package io.loremesh.cli.eval;

import io.loremesh.cli.bench.Machine;
import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.launch.LoneGenerator;
import io.loremesh.cli.launch.MeshLayout;
import io.loremesh.cli.terminal.Failure;
import io.loremesh.cli.terminal.Json;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.evaluation.report.Report;
import io.loremesh.evaluation.world.WorldSeeds;
import io.loremesh.proto.generator.v1.ListLoadedVersionsRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "eval",
        description = "Measure what a base can do, ability by ability, through the engine that serves it.",
        footerHeading = "%nExample:%n",
        footer = {
            "  ./mesh eval --suite base --json base.json",
            "  ./mesh eval --suite base --n 100 --model models/demo",
            "",
            "Starts a generator of its own and stops it at the end; a mesh that is up",
            "is not touched. The seeds stand for the world that the base was trained on:",
            "with another --world-seed the facts known by heart are others, with another",
            "--template-seed the questions held back from training are.",
            "Exit code 0 when all was measured, also where a target is missed: the",
            "column `met` tells that."
        })
public final class EvalCommand implements Callable<Integer> {
    private static final String BASE = "base";

    @Option(
            names = "--suite",
            required = true,
            paramLabel = "NAME",
            description = "What to measure; base: reading, abstaining and recall of a base model.")
    private String suite;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report to this file.")
    private Path json;

    @Option(
            names = "--n",
            defaultValue = "300",
            description = "Questions of each ability in each language (default: ${DEFAULT-VALUE}).")
    private int n;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Directory of the base, a Hugging Face checkpoint (default: models/demo).")
    private Path model = MeshLayout.repository().resolve("models/demo");

    @Option(names = "--world-seed", paramLabel = "N", description = "Facts known by heart (default: the demo base's).")
    private long worldSeed = WorldSeeds.DEMO.world();

    @Option(
            names = "--template-seed",
            paramLabel = "N",
            description = "Questions held back from training (default: the demo base's).")
    private long templateSeed = WorldSeeds.DEMO.template();

    @Option(names = "--split-seed", paramLabel = "N", description = "Draws of measuring (default: the demo base's).")
    private long splitSeed = WorldSeeds.DEMO.split();

    @Override
    public Integer call() throws Exception {
        check();
        var terminal = Terminal.standard();
        var seeds = new WorldSeeds(worldSeed, templateSeed, splitSeed);
        terminal.line("Starting a generator on " + model);
        try (var generator = LoneGenerator.start(model, terminal);
                var clients = new MeshClients(generator.address())) {
            List<Asked> asked = new BaseFlow(seeds, n, terminal).ask(clients::generator);
            var report = new Report(
                    name(seeds, digest(clients)),
                    Machine.commit(MeshLayout.repository()),
                    Machine.describe(),
                    BaseRows.of(asked));
            terminal.line("");
            terminal.line(report.table());
            Json.write(json, report);
        }
        return 0;
    }

    /** What would otherwise fail only after minutes. */
    private void check() {
        if (!suite.equals(BASE)) {
            throw new Failure("there is no suite '%s'; use --suite %s".formatted(suite, BASE));
        }
        if (n < 1) {
            throw new Failure("--n %d asks for no questions; give 1 or more".formatted(n));
        }
        if (!Files.exists(model.resolve("config.json"))) {
            throw new Failure("%s holds no config.json; give --model the directory of a Hugging Face checkpoint"
                    .formatted(model));
        }
        if (json != null && !Files.isDirectory(json.toAbsolutePath().getParent())) {
            throw new Failure("cannot write %s: its directory does not exist; make it first".formatted(json));
        }
    }

    /** The digest as the engine tells it: of what it serves, not of what lies in the directory by now. */
    private static String digest(MeshClients clients) {
        return clients.generator()
                .listLoadedVersions(ListLoadedVersionsRequest.getDefaultInstance())
                .getVersions(0)
                .getDigest();
    }

    private static String name(WorldSeeds seeds, String digest) {
        return "%s %s, seeds: world %d, template %d, split %d"
                .formatted(BASE, digest, seeds.world(), seeds.template(), seeds.split());
    }
}
