package io.loremesh.lab.eval;

import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.launch.LoneGenerator;
import io.loremesh.cli.launch.MeshLayout;
import io.loremesh.cli.teach.KnowledgePublisher;
import io.loremesh.cli.terminal.Failure;
import io.loremesh.cli.terminal.Json;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.lab.bench.Machine;
import io.loremesh.lab.report.Report;
import io.loremesh.lab.world.WorldSeeds;
import io.loremesh.proto.generator.v1.ListLoadedVersionsRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "eval",
        description = "Measure what a base can do and can be taught, through the parts that serve and train it.",
        footerHeading = "%nExample:%n",
        footer = {
            "  ./mesh eval --suite base --json base.json",
            "  ./mesh eval --suite base --n 100 --model models/demo --injections 0 --families 0",
            "  ./mesh eval --suite base --injections 10,10,10 --families 2",
            "",
            "Starts a generator of its own, then a mesh of its own for the fine-tunes, and",
            "stops them at the end; a mesh that is up is not touched. Every fine-tune starts",
            "from the bare base; a count of facts given again is measured on other facts.",
            "The seeds stand for the world that the base was trained on:",
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

    @Mixin
    private TuningOptions tuning;

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
        Report report = base(seeds, terminal);
        Json.write(json, report);
        List<Tuning> tunings = tuning.all();
        if (!tunings.isEmpty()) {
            terminal.line("");
            terminal.line(report.table());
            report = tuned(report, tunings, seeds, terminal);
        }
        terminal.line("");
        terminal.line(report.table());
        return 0;
    }

    private Report base(WorldSeeds seeds, Terminal terminal) throws IOException, InterruptedException {
        terminal.line("Starting a generator on " + model);
        try (var generator = LoneGenerator.start(model, terminal);
                var clients = new MeshClients(generator.address())) {
            List<Asked> asked = new BaseFlow(seeds, n, terminal).ask(clients::generator);
            return new Report(
                    name(seeds, digest(clients)),
                    Machine.commit(MeshLayout.repository()),
                    Machine.describe(),
                    BaseRows.of(asked));
        }
    }

    /**
     * The report with the fine-tunes' rows. It is written after each of them: they take long, and what is measured
     * should stay.
     */
    private Report tuned(Report report, List<Tuning> tunings, WorldSeeds seeds, Terminal terminal)
            throws IOException, InterruptedException {
        try (var mesh = tuning.startMesh(model, terminal);
                var clients = new MeshClients(mesh.address());
                var publisher = new KnowledgePublisher(mesh.address(), "/mesh/eval")) {
            var flow = new TuningFlow(seeds, n, tuning.steps(), clients, publisher, terminal);
            var tuned = new ArrayList<Tuned>();
            Report last = report;
            for (Tuning each : tunings) {
                terminal.heading(
                        "%s: %s (%d of %d)".formatted(each.label(), each.id(), tuned.size() + 1, tunings.size()));
                tuned.add(flow.run(each));
                last = report.with(TuningRows.of(tuned));
                Json.write(json, last);
            }
            return last;
        }
    }

    /** What would otherwise fail only after minutes. */
    private void check() {
        if (!suite.equals(BASE)) {
            throw new Failure("there is no suite '%s'; use --suite %s".formatted(suite, BASE));
        }
        if (n < 1) {
            throw new Failure("--n %d asks for no questions; give 1 or more".formatted(n));
        }
        tuning.check();
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
