package io.loremesh.cli.version;

import io.loremesh.cli.connect.AddressOptions;
import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.connect.VersionNames;
import io.loremesh.cli.terminal.Failure;
import io.loremesh.cli.terminal.Json;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.proto.registry.v1.ChangeKind;
import io.loremesh.proto.registry.v1.DiffVersionsRequest;
import io.loremesh.proto.registry.v1.FactChange;
import io.loremesh.proto.registry.v1.KnowledgeDiff;
import io.loremesh.proto.registry.v1.ListFactChangesRequest;
import io.loremesh.proto.registry.v1.ListFactChangesResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    private static final int PAGE = 1000;

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
        if (limit < 1 || limit > PAGE) {
            throw new Failure("--limit is %d; set 1 to %d, or --all".formatted(limit, PAGE));
        }
        try (var clients = options.connect()) {
            KnowledgeDiff diff = clients.registry()
                    .diffVersions(DiffVersionsRequest.newBuilder()
                            .setBase(VersionNames.resolve(options.model(), from))
                            .setCandidate(VersionNames.resolve(options.model(), to))
                            .setPageSize(all ? PAGE : limit)
                            .build());
            if (all) {
                diff = whole(diff, clients);
            }
            DiffText.print(diff, Terminal.standard());
            Json.write(json, diff);
            write(diff);
        }
        return 0;
    }

    /** The diff with the pages that its lists are too short for. */
    private static KnowledgeDiff whole(KnowledgeDiff diff, MeshClients clients) {
        var whole = diff.toBuilder();
        if (diff.getGainedCount() < diff.getGainedTotal()) {
            whole.clearGained().addAllGained(changes(diff, ChangeKind.CHANGE_KIND_GAINED, clients));
        }
        if (diff.getLostCount() < diff.getLostTotal()) {
            whole.clearLost().addAllLost(changes(diff, ChangeKind.CHANGE_KIND_LOST, clients));
        }
        if (diff.getAlteredCount() < diff.getAlteredTotal()) {
            whole.clearAltered().addAllAltered(changes(diff, ChangeKind.CHANGE_KIND_ALTERED, clients));
        }
        if (diff.getStaleCount() < diff.getStaleTotal()) {
            whole.clearStale().addAllStale(changes(diff, ChangeKind.CHANGE_KIND_STALE, clients));
        }
        return whole.build();
    }

    private static List<FactChange> changes(KnowledgeDiff diff, ChangeKind kind, MeshClients clients) {
        var changes = new ArrayList<FactChange>();
        String token = "";
        do {
            ListFactChangesResponse page = clients.registry()
                    .listFactChanges(ListFactChangesRequest.newBuilder()
                            .setBase(diff.getBase())
                            .setCandidate(diff.getCandidate())
                            .setKind(kind)
                            .setPageSize(PAGE)
                            .setPageToken(token)
                            .build());
            changes.addAll(page.getChangesList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return changes;
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
