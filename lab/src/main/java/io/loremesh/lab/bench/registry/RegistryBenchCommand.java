package io.loremesh.lab.bench.registry;

import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.launch.MeshLayout;
import io.loremesh.cli.launch.Ports;
import io.loremesh.cli.launch.RunningMesh;
import io.loremesh.cli.terminal.FileTree;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.lab.bench.Machine;
import io.loremesh.lab.report.Report;
import io.loremesh.lab.report.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "registry",
        description = "Measure a registry of its own, with a heap of 64 MiB, and MLflow's server in "
                + "turn with it where that is installed.",
        footerHeading = "%nExample:%n",
        footer = {
            "  ./mesh bench registry --json registry.json",
            "  ./mesh bench registry --mlflow venv/bin/mlflow --json registry.json",
            "",
            "Let nothing else run meanwhile. It takes some minutes and writes three times the artifact's size."
        })
public final class RegistryBenchCommand implements Callable<Integer> {
    private static final int HEAP_MIB = 64;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report to this file.")
    private Path json;

    @Option(
            names = "--mlflow",
            paramLabel = "COMMAND",
            defaultValue = "mlflow",
            description =
                    "MLflow's own command (default: the one on the path; where there is none, its column stays empty).")
    private String mlflow;

    @Option(
            names = "--artifact-mib",
            paramLabel = "N",
            defaultValue = "1024",
            description = "Size of the artifact that goes up and down (default: 1024).")
    private int artifactMiB;

    @Override
    public Integer call() throws Exception {
        var terminal = Terminal.standard();
        Path root = MeshLayout.repository();
        Path data = root.resolve(".mesh/bench-registry");
        var rows = new ArrayList<Row>();
        try (var mesh = Ports.onFree(address ->
                        RunningMesh.startRegistryAlone(new MeshLayout(root, data, address), HEAP_MIB, terminal));
                var clients = new MeshClients(mesh.address())) {
            terminal.heading("Measuring");
            var versions = new Registrations(clients, data, terminal);
            rows.addAll(versions.measure(mlflow));
            rows.addAll(new Listing(clients, versions.fill()).measure());
            rows.add(new AliasNews(clients).measure());
            rows.add(new FactRecords(clients).measure());
            rows.add(new FactEvents(clients, mesh.address()).measure());
            rows.add(new LargeDiff(clients, root).measure());
            rows.addAll(new ArtifactSpeed(clients, data, artifactMiB).measure());
        } finally {
            FileTree.delete(data);
        }
        var report = new Report("registry", Machine.commit(root), Machine.describe(), List.copyOf(rows));
        terminal.heading("Figures");
        terminal.line(report.table());
        if (json != null) {
            report.writeJson(json);
        }
        return 0;
    }
}
