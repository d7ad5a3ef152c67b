package io.loremesh.cli.version;

import io.loremesh.cli.connect.AddressOptions;
import io.loremesh.cli.connect.VersionNames;
import io.loremesh.cli.terminal.Json;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.proto.registry.v1.ListDriftMeasurementsRequest;
import io.loremesh.proto.registry.v1.ListDriftMeasurementsResponse;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "drift",
        description =
                "Show how far the versions that answered drifted since they were promoted, and what was rolled back.",
        footerHeading = "%nExample:%n",
        footer = {"  ./mesh drift", "  ./mesh drift v3 --last 200 --json drift.json"})
public final class DriftCommand implements Callable<Integer> {
    @Mixin
    private AddressOptions options;

    @Parameters(
            paramLabel = "VERSION",
            arity = "0..1",
            description = "v3, an alias, or a whole name (default: every version that was active).")
    private String version;

    @Option(
            names = "--last",
            paramLabel = "N",
            defaultValue = "60",
            description = "Measurements to show, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    private int last;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the series to this file, newest first.")
    private Path json;

    @Override
    public Integer call() {
        var terminal = Terminal.standard();
        try (var clients = options.connect()) {
            ListDriftMeasurementsResponse series = clients.registry()
                    .drift()
                    .listDriftMeasurements(ListDriftMeasurementsRequest.newBuilder()
                            .setParent(
                                    version == null ? options.model() : VersionNames.resolve(options.model(), version))
                            .setPageSize(last)
                            .build());
            DriftText.print(series.getMeasurementsList(), terminal);
            Json.write(json, series);
        }
        return 0;
    }
}
