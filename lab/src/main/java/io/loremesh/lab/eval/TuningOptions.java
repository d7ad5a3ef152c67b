package io.loremesh.lab.eval;

import io.loremesh.cli.connect.MeshAddress;
import io.loremesh.cli.launch.MeshLayout;
import io.loremesh.cli.launch.Ports;
import io.loremesh.cli.launch.RunningMesh;
import io.loremesh.cli.terminal.Failure;
import io.loremesh.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Which fine-tunes are measured, and where. */
final class TuningOptions {
    @Option(
            names = "--injections",
            paramLabel = "COUNT",
            split = ",",
            defaultValue = "10,40,200",
            description = "Facts of each fine-tune (default: ${DEFAULT-VALUE}); 0 for none.")
    private List<Integer> injections;

    @Option(
            names = "--families",
            paramLabel = "N",
            defaultValue = "6",
            description = "Fine-tunes on nine facts of a family, in each language (default: ${DEFAULT-VALUE}).")
    private int families;

    @Option(names = "--steps", description = "Optimiser steps of a fine-tune at most (default: the trainer's).")
    private int steps;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Directory of the fine-tunes' mesh, emptied first (default: .mesh/eval).")
    private Path dataDir = MeshLayout.repository().resolve(".mesh").resolve("eval");

    @Option(
            names = "--port-base",
            paramLabel = "N",
            description = "Ports of the fine-tunes' mesh are counted from here (default: free ones).")
    private Integer portBase;

    /** @throws Failure naming what cannot be meant */
    void check() {
        if (families < 0 || steps < 0 || injections.stream().anyMatch(count -> count < 0)) {
            throw new Failure(
                    "--injections %s --families %d --steps %d: a count below 0 means nothing; 0 switches it off"
                            .formatted(injections, families, steps));
        }
    }

    /** In the order in which they are measured. */
    List<Tuning> all() {
        return Tuning.all(injections, families);
    }

    /** 0 for the trainer's default. */
    int steps() {
        return steps;
    }

    /** Starts the mesh of the fine-tunes. @param model directory of its base */
    RunningMesh startMesh(Path model, Terminal terminal) throws IOException, InterruptedException {
        terminal.heading("A mesh for the fine-tunes, in " + dataDir);
        return portBase == null
                ? Ports.onFree(address -> startMesh(address, model, terminal))
                : startMesh(new MeshAddress("localhost", portBase), model, terminal);
    }

    private RunningMesh startMesh(MeshAddress address, Path model, Terminal terminal)
            throws IOException, InterruptedException {
        return RunningMesh.startFresh(new MeshLayout(MeshLayout.repository(), dataDir, address), model, terminal);
    }
}
