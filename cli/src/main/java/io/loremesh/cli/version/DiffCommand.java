package io.loremesh.cli.version;

import io.loremesh.cli.connect.AddressOptions;
import io.loremesh.cli.connect.VersionNames;
import io.loremesh.cli.terminal.Json;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.proto.registry.v1.DiffVersionsRequest;
import io.loremesh.proto.registry.v1.KnowledgeDiff;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "diff",
        description = "Tell what one version knows that another does not: gained, lost, altered, stale.",
        footerHeading = "%nExample:%n",
        footer = {"  ./mesh diff base v1", "  ./mesh diff previous active --json diff.json"})
public final class DiffCommand implements Callable<Integer> {
    @Mixin
    private AddressOptions options;

    @Parameters(index = "0", paramLabel = "A", description = "From: v1, an alias, or base.")
    private String from;

    @Parameters(index = "1", paramLabel = "B", description = "To.")
    private String to;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the diff to this file.")
    private Path json;

    @Override
    public Integer call() {
        try (var clients = options.connect()) {
            KnowledgeDiff diff = clients.registry()
                    .diffVersions(DiffVersionsRequest.newBuilder()
                            .setBase(VersionNames.resolve(options.model(), from))
                            .setCandidate(VersionNames.resolve(options.model(), to))
                            .build());
            DiffText.print(diff, Terminal.standard());
            Json.write(json, diff);
        }
        return 0;
    }
}
