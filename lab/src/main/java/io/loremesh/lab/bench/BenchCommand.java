package io.loremesh.lab.bench;

import io.loremesh.lab.bench.registry.RegistryBenchCommand;
import picocli.CommandLine.Command;

@Command(
        name = "bench",
        description = "Measure.",
        subcommands = {MeshBenchCommand.class, RegistryBenchCommand.class},
        footerHeading = "%nExample:%n",
        footer = "  ./mesh bench mesh --json bench.json")
public final class BenchCommand {}
