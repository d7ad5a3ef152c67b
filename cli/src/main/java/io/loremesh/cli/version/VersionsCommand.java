package io.loremesh.cli.version;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.loremesh.cli.connect.AddressOptions;
import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.connect.VersionNames;
import io.loremesh.cli.terminal.Json;
import io.loremesh.cli.terminal.Table;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.cli.terminal.Times;
import io.loremesh.proto.registry.v1.AliasMove;
import io.loremesh.proto.registry.v1.ListAliasMovesResponse;
import io.loremesh.proto.registry.v1.ListVersionsRequest;
import io.loremesh.proto.registry.v1.ListVersionsResponse;
import io.loremesh.proto.registry.v1.Version;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Collection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "versions",
        description = "List the versions of a model, newest first, with their verdicts and aliases.",
        footerHeading = "%nExample:%n",
        footer = {
            "  ./mesh versions",
            "  ./mesh versions --gates --json versions.json",
            "  ./mesh versions --at 2026-11-20T09:30:00Z"
        })
public final class VersionsCommand implements Callable<Integer> {
    private static final int MAX_VERSIONS = 1000;

    @Mixin
    private AddressOptions options;

    @Option(names = "--gates", description = "Show each version's gates too.")
    private boolean gates;

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            description = "Show instead where each alias pointed at this instant, since when, by whom and why.")
    private String at;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the list to this file.")
    private Path json;

    @Override
    public Integer call() {
        var terminal = Terminal.standard();
        try (var clients = options.connect()) {
            if (at != null) {
                Collection<AliasMove> moves =
                        LiveHistory.at(clients, options.model(), LiveHistory.instant(at, ZoneId.systemDefault()));
                LiveHistory.print(moves, terminal);
                Json.write(
                        json,
                        ListAliasMovesResponse.newBuilder().addAllMoves(moves).build());
                return 0;
            }
            ListVersionsResponse response = versions(clients);
            if (response.getVersionsCount() == 0) {
                terminal.line("%s has no version yet; `./mesh tune` makes the first", options.model());
            }
            var table = new Table("VERSION", "ALIASES", "VERDICT", "PARENT", "FACTS", "MADE", "BY");
            for (Version version : response.getVersionsList()) {
                table.row(
                        VersionNames.brief(version.getName()),
                        String.join(", ", version.getAliasesList()),
                        verdict(version),
                        VersionNames.brief(version.getParent()),
                        version.getFactsCount(),
                        Times.local(version.getCreateTime()),
                        version.getRun());
            }
            table.print(terminal);
            if (gates) {
                response.getVersionsList().stream().filter(Version::hasVerdict).forEach(version -> {
                    terminal.heading(VersionNames.brief(version.getName()));
                    VersionJudgement.print(version.getVerdict(), terminal);
                });
            }
            Json.write(json, response);
        }
        return 0;
    }

    /** A base model is registered with its first version; before that it has none. */
    private ListVersionsResponse versions(MeshClients clients) {
        try {
            return clients.registry()
                    .versions()
                    .listVersions(ListVersionsRequest.newBuilder()
                            .setParent(options.model())
                            .setPageSize(MAX_VERSIONS)
                            .build());
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return ListVersionsResponse.getDefaultInstance();
            }
            throw e;
        }
    }

    private static String verdict(Version version) {
        return version.hasVerdict() ? LedgerWords.of(version.getVerdict().getDecision()) : "not judged";
    }
}
