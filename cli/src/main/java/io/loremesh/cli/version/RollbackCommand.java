package io.loremesh.cli.version;

import io.loremesh.cli.connect.AddressOptions;
import io.loremesh.cli.connect.VersionNames;
import io.loremesh.cli.terminal.Json;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.proto.registry.v1.AliasMove;
import io.loremesh.proto.registry.v1.RollbackAliasRequest;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "rollback",
        description = "Move an alias back to where it pointed before its last move.",
        footerHeading = "%nExample:%n",
        footer = {"  ./mesh rollback --reason \"wrong about the new office\""})
public final class RollbackCommand implements Callable<Integer> {
    @Mixin
    private AddressOptions options;

    @Option(names = "--alias", defaultValue = Promotion.ACTIVE, description = "Alias to move (default: active).")
    private String alias;

    @Option(names = "--reason", defaultValue = "", description = "Why; kept in the history.")
    private String reason;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the move to this file.")
    private Path json;

    @Override
    public Integer call() {
        try (var clients = options.connect()) {
            AliasMove move = clients.registry()
                    .aliases()
                    .rollbackAlias(RollbackAliasRequest.newBuilder()
                            .setModel(options.model())
                            .setAlias(alias)
                            .setActor(Promotion.actor())
                            .setReason(reason)
                            .build());
            Terminal.standard()
                    .line(
                            "%s: %s → %s",
                            move.getAlias(),
                            VersionNames.brief(move.getPreviousVersion()),
                            VersionNames.brief(move.getVersion()));
            Json.write(json, move);
        }
        return 0;
    }
}
