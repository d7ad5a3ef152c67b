package io.loremesh.cli.version;

import com.google.protobuf.util.Timestamps;
import io.loremesh.cli.connect.AddressOptions;
import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.connect.VersionNames;
import io.loremesh.cli.terminal.Failure;
import io.loremesh.cli.terminal.Json;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.proto.registry.v1.AliasMove;
import io.loremesh.proto.registry.v1.Trial;
import io.loremesh.proto.registry.v1.TrialState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "promote",
        description = "Move an alias to a version; `active` moves only to one that the gates accepted.",
        footerHeading = "%nExample:%n",
        footer = {
            "  ./mesh promote v2 --reason \"checked by hand\"",
            "  ./mesh promote v3 --alias staging",
            "  ./mesh promote v4 --wait        (in a pipeline: judges, waits, exits by verdict)",
            "  ./mesh promote v5 --canary 10 --for 60s --wait   (on a tenth of the questions)",
            "  ./mesh promote v5 --shadow 20 --for 15m          (beside the active one, unseen)"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:promoted; without --wait: its trial begun",
            "1:something is wrong; the message tells what",
            "3:with --wait: rejected by the gates, or withdrawn from its trial",
            "4:with --wait: not approved in time, or its trial undecided (too few questions, or ended by somebody)"
        })
public final class PromoteCommand implements Callable<Integer> {
    @Mixin
    private AddressOptions options;

    @Parameters(paramLabel = "VERSION", description = "v3, or base for the bare base model.")
    private String version;

    @Option(names = "--alias", defaultValue = Promotion.ACTIVE, description = "Alias to move (default: active).")
    private String alias;

    @Option(names = "--reason", defaultValue = "", description = "Why; kept in the history.")
    private String reason;

    @Option(names = "--force", description = "Promote against the verdict; kept in the history.")
    private boolean force;

    @ArgGroup(exclusive = false, heading = "%nTry it first:%n")
    private TrialOptions trial;

    @Option(
            names = "--wait",
            description =
                    "Have the version judged if it never was, wait for its approval, its trial and until it answers.")
    private boolean wait;

    @Option(
            names = "--timeout",
            defaultValue = "600",
            paramLabel = "SECONDS",
            description = "How long --wait waits for an approval (default: 600).")
    private int timeout;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the move, or the trial, to this file.")
    private Path json;

    @Override
    public Integer call() {
        try (var clients = options.connect()) {
            String name = VersionNames.resolve(options.model(), version);
            boolean judged = !name.equals(options.model());
            if (wait && judged) {
                int hindrance = AwaitedVerdict.of(clients, name, Duration.ofSeconds(timeout), Terminal.standard());
                if (hindrance != 0) {
                    return hindrance;
                }
            }
            if (trial != null) {
                return tryOut(clients, name);
            }
            Optional<AliasMove> last = Promotion.lastMove(clients, options.model(), alias);
            AliasMove move = Promotion.move(clients, options.model(), alias, name, reason, force);
            Terminal.standard().line(last.filter(move::equals).isPresent() ? standing(move) : moved(move));
            if (wait && alias.equals(Promotion.ACTIVE)) {
                AwaitedVerdict.swapped(clients, name);
            }
            Json.write(json, move);
        }
        return 0;
    }

    private int tryOut(MeshClients clients, String name) {
        if (force || !alias.equals(Promotion.ACTIVE)) {
            throw new Failure(
                    "--canary and --shadow try an accepted version for `active`: leave out --force and --alias");
        }
        var terminal = Terminal.standard();
        Trial begun = clients.registry()
                .trials()
                .createTrial(trial.request()
                        .setVersion(name)
                        .setActor(Promotion.actor())
                        .setReason(reason)
                        .build());
        terminal.line(AwaitedTrial.begun(begun));
        Trial seen = wait ? AwaitedTrial.of(clients, begun, terminal) : begun;
        Json.write(json, seen);
        if (!wait) {
            return 0;
        }
        TrialText.print(seen, terminal);
        if (seen.getState() == TrialState.TRIAL_STATE_PROMOTED) {
            AwaitedVerdict.swapped(clients, seen.getVersion());
        }
        return AwaitedTrial.exitCode(seen);
    }

    private static String moved(AliasMove move) {
        return "%s: %s → %s"
                .formatted(
                        move.getAlias(),
                        VersionNames.brief(move.getPreviousVersion()),
                        VersionNames.brief(move.getVersion()));
    }

    /** The registry answers a move to where the alias points with the move that brought it there. */
    static String standing(AliasMove move) {
        return "%s is %s already, since %s by %s; nothing was moved"
                .formatted(
                        move.getAlias(),
                        VersionNames.brief(move.getVersion()),
                        Timestamps.toString(move.getCreateTime()),
                        move.getActor());
    }
}
