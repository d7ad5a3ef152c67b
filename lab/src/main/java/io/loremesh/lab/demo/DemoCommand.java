package io.loremesh.lab.demo;

import io.loremesh.cli.connect.MeshAddress;
import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.launch.MeshLayout;
import io.loremesh.cli.launch.RunningMesh;
import io.loremesh.cli.model.ModelStore;
import io.loremesh.cli.model.StoredModel;
import io.loremesh.cli.teach.KnowledgePublisher;
import io.loremesh.cli.teach.Scenario;
import io.loremesh.cli.terminal.Json;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.lab.demo.Criteria.Criterion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = "The whole story on a mesh of its own: taught by events, tuned, promoted, updated.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./mesh demo --json demo.json",
            "  ./mesh demo --scenario examples/family.en.json",
            "",
            "A scenario is {\"language\",\"documents\":[...],\"facts\":[{\"id\",\"question\",\"phrasings\":[...],",
            "\"heldout\":[...],\"answer\",\"aliases\":[...]}],\"unknowable\":[...],",
            "\"update\":{\"fact\",\"answer\",\"document\"}}; phrasings, heldout, aliases and update may be absent.",
            "Exit code 0 only if every promise that is printed at the end is kept."
        })
public final class DemoCommand implements Callable<Integer> {
    private static final String REGISTERED = "models/";

    @Option(
            names = "--scenario",
            paramLabel = "FILE",
            description = "What to tell and to ask; may be repeated (default: examples/family.zh.json and .en.json).")
    private List<Path> scenarioFiles;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report to this file.")
    private Path json;

    @Option(names = "--data-dir", description = "Directory of the demo's mesh, emptied first (default: .mesh/demo).")
    private Path dataDir = MeshLayout.repository().resolve(".mesh").resolve("demo");

    @Option(
            names = "--port-base",
            defaultValue = "${env:LOREMESH_PORT_BASE:-7100}",
            description = "Ports are counted from here (default: $LOREMESH_PORT_BASE or 7100).")
    private int portBase;

    @Option(
            names = "--model",
            defaultValue = "${env:LOREMESH_MODEL:-models/demo}",
            description = "Base to serve, as `./mesh model list` names it, or the registry's name of the one that is "
                    + "shipped, models/{model} (default: $LOREMESH_MODEL or models/demo).")
    private String model;

    @Override
    public Integer call() throws Exception {
        var terminal = Terminal.standard();
        List<Scenario> scenarios = files().map(Scenario::read).toList();
        List<String> languages =
                scenarios.stream().map(Scenario::language).distinct().toList();
        var layout = new MeshLayout(MeshLayout.repository(), dataDir, new MeshAddress("localhost", portBase));
        terminal.heading("0  A mesh of its own, in " + layout.dataDir());
        try (var mesh = start(layout, terminal);
                var clients = new MeshClients(layout.address());
                var publisher = new KnowledgePublisher(layout.address(), "/mesh/demo")) {
            var flow = new DemoFlow(mesh, clients, publisher, registered(), scenarios, terminal);
            try {
                flow.run();
            } finally {
                Json.write(json, flow.report());
            }
            boolean updated = scenarios.stream().anyMatch(scenario -> scenario.update() != null);
            List<Criterion> criteria = Criteria.of(flow.report(), languages, updated);
            Summary.print(flow.report(), languages, criteria, terminal);
            return criteria.stream().allMatch(Criterion::met) ? 0 : 1;
        }
    }

    private RunningMesh start(MeshLayout layout, Terminal terminal) throws IOException, InterruptedException {
        if (model.startsWith(REGISTERED)) {
            return RunningMesh.startFresh(layout, terminal);
        }
        ModelStore store = ModelStore.local();
        StoredModel stored = store.get(model);
        terminal.line(stored.servedWith());
        return RunningMesh.startFresh(layout, store.directory(stored), terminal);
    }

    /** A base of one's own is served under the shipped one's id. */
    private String registered() {
        return model.startsWith(REGISTERED) ? model : "models/demo";
    }

    private Stream<Path> files() {
        Path examples = MeshLayout.repository().resolve("examples");
        return scenarioFiles == null
                ? Stream.of(examples.resolve("family.zh.json"), examples.resolve("family.en.json"))
                : scenarioFiles.stream();
    }
}
