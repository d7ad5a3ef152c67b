package io.loremesh.cli.exchange;

import com.google.protobuf.Duration;
import io.loremesh.cli.connect.AddressOptions;
import io.loremesh.cli.terminal.Table;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.proto.registry.v1.CollectGarbageRequest;
import io.loremesh.proto.registry.v1.CollectGarbageResponse;
import io.loremesh.proto.registry.v1.UnusedArtifact;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "gc",
        description = "Remove artifacts that no version names, and uploads that nobody goes on with.",
        footerHeading = "%nExample:%n",
        footer = {"  ./mesh gc --dry-run", "  ./mesh gc --older-than-hours 1"})
public final class GarbageCommand implements Callable<Integer> {
    private static final long HOUR_SECONDS = 3_600;

    @Mixin
    private AddressOptions options;

    @Option(names = "--dry-run", description = "Only tell what would be removed.")
    private boolean dryRun;

    @Option(
            names = "--older-than-hours",
            defaultValue = "24",
            paramLabel = "HOURS",
            description = "Leave what changed later: it may be about to be registered (default: 24).")
    private int hours;

    @Override
    public Integer call() {
        var terminal = Terminal.standard();
        try (var clients = options.connect()) {
            CollectGarbageResponse response = clients.watchRegistry()
                    .artifacts()
                    .collectGarbage(CollectGarbageRequest.newBuilder()
                            .setDryRun(dryRun)
                            .setMinAge(Duration.newBuilder().setSeconds(hours * HOUR_SECONDS))
                            .build());
            var table = new Table("ARTIFACT", "BYTES", "");
            for (UnusedArtifact artifact : response.getUnusedList()) {
                table.row(artifact.getDigest(), artifact.getStoredBytes(), artifact.getComplete() ? "" : "cut off");
            }
            table.print(terminal);
            terminal.line(
                    "%d %s, %,d bytes; %d stay",
                    response.getUnusedCount(),
                    dryRun ? "would be removed" : "removed",
                    response.getFreedBytes(),
                    response.getKeptCount());
        }
        return 0;
    }
}
