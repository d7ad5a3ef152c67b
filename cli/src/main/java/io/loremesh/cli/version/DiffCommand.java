package io.loremesh.cli.version;

import io.loremesh.cli.connect.AddressOptions;
import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.connect.VersionNames;
import io.loremesh.cli.terminal.Failure;
import io.loremesh.cli.terminal.Json;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.proto.registry.v1.DiffVersionsRequest;
import io.loremesh.proto.registry.v1.KnowledgeDiff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "diff",
        description = "Tell what one version knows that another does not: + gained, - lost, ~ altered, ! stale.",
        footerHeading = "%nExample:%n",
        footer = {
            "  ./mesh diff base v1",
            "  ./mesh diff previous active --json diff.json",
            "  ./mesh diff v1 v2 --all --html diff.html"
        })
public final class DiffCommand implements Callable<Integer> {
    private static final int MOST = 1000;

    @Mixin
    private AddressOptions options;

    @Parameters(index = "0", paramLabel = "A", description = "From: v1, an alias, or base.")
    private String from;

    @Parameters(index = "1", paramLabel = "B", description = "To.")
    private String to;

    @Option(
            names = "--limit",
            defaultValue = "20",
            description = "Changes of each kind to show, 1 to 1000 (default: 20).")
    private int limit;

    @Option(names = "--all", description = "Show every change, however many there are.")
    private boolean all;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the diff to this file.")
    private Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "Write the diff to this file as a page of its own.")
    private Path html;

    @Override
    public Integer call() {
        if (limit < 1 || limit > MOST) {
            throw new Failure("--limit is %d; set 1 to %d, or --all".formatted(limit, MOST));
        }
        try (var clients = options.connect()) {
            String base = VersionNames.resolve(options.model(), from);
            String candidate = VersionNames.resolve(options.model(), to);
            KnowledgeDiff diff =
                    all ? WholeDiff.between(clients, base, candidate) : first(limit, base, candidate, clients);
            DiffText.print(diff, Terminal.standard());
            Json.write(json, diff);
            write(diff);
        }
        return 0;
    }

    private static KnowledgeDiff first(int limit, String base, String candidate, MeshClients clients) {
        return clients.registry()
                .diffs()
                .diffVersions(DiffVersionsRequest.newBuilder()
                        .setBase(base)
                        .setCandidate(candidate)
                        .setPageSize(limit)
                        .build());
    }

    private void write(KnowledgeDiff diff) {
        if (html == null) {
            return;
        }
        try {
            Files.writeString(html, DiffPage.of(diff));
        } catch (IOException e) {
            throw new Failure("cannot write %s: %s".formatted(html, e.getMessage()), e);
        }
    }
}
