package io.loremesh.cli.bench;

import picocli.CommandLine.Command;

@Command(
        name = "bench",
        description = "Measure.",
        subcommands = MeshBenchCommand.class,
        footerHeading = "%nExample:%n",
        footer = "  ./mesh bench mesh --json bench.json")
public final class BenchCommand {}
