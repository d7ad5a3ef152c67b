package io.loremesh.cli.version;

import io.grpc.StatusRuntimeException;
import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.connect.VersionNames;
import io.loremesh.cli.connect.Waiting;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.proto.generator.v1.ListLoadedVersionsRequest;
import io.loremesh.proto.registry.v1.Decision;
import io.loremesh.proto.registry.v1.GetVersionRequest;
import io.loremesh.proto.registry.v1.Version;
import java.time.Duration;
import java.util.List;

/** What a pipeline waits for around a promotion: a verdict, a person where the policy asks for one, the swap. */
final class AwaitedVerdict {
    /** Exit codes, beside 0 for promoted, 1 for trouble and 2 for a wrong command line. */
    static final int REJECTED = 3;

    static final int NOT_APPROVED = 4;

    private static final Duration SWAP = Duration.ofSeconds(60);
    private static final Duration APPROVAL_POLL = Duration.ofSeconds(2);

    private AwaitedVerdict() {}

    /**
     * Has a version judged that never was, and waits for its approval.
     *
     * @return 0 if it may be promoted, else the exit code
     */
    static int of(MeshClients clients, String name, Duration patience, Terminal terminal) {
        Version version = get(clients, name);
        if (!version.hasVerdict()) {
            terminal.line("%s was never judged; probing it:", VersionNames.brief(name));
            version = VersionJudgement.of(clients, name, List.of(), terminal);
        }
        return switch (version.getVerdict().getDecision()) {
            case DECISION_ACCEPTED -> 0;
            case DECISION_REJECTED -> {
                terminal.line(terminal.bad("%s was rejected".formatted(VersionNames.brief(name))));
                version.getVerdict().getReasonsList().forEach(reason -> terminal.line("  " + reason));
                yield REJECTED;
            }
            case DECISION_AWAITING_APPROVAL -> approval(clients, name, patience, terminal);
            case DECISION_UNSPECIFIED, UNRECOGNIZED -> REJECTED;
        };
    }

    /** Returns when the generator answers unaddressed questions with the version. */
    static void swapped(MeshClients clients, String name) {
        Waiting.until(
                "the generator to answer with " + VersionNames.brief(name), SWAP, () -> clients
                        .generator()
                        .listLoadedVersions(ListLoadedVersionsRequest.getDefaultInstance())
                        .getVersionsList()
                        .stream()
                        .anyMatch(loaded ->
                                loaded.getActive() && loaded.getVersion().equals(name)));
    }

    private static int approval(MeshClients clients, String name, Duration patience, Terminal terminal) {
        String brief = VersionNames.brief(name);
        terminal.line(
                "%s passed the gates and awaits approval: `./mesh approve %s --by NAME --because TEXT`", brief, brief);
        boolean approved = Waiting.within(
                patience,
                APPROVAL_POLL,
                () -> get(clients, name).getVerdict().getDecision() == Decision.DECISION_ACCEPTED);
        if (!approved) {
            terminal.line(terminal.bad("nobody approved within %d s".formatted(patience.toSeconds())));
        }
        return approved ? 0 : NOT_APPROVED;
    }

    /** @throws StatusRuntimeException NOT_FOUND */
    private static Version get(MeshClients clients, String name) {
        return clients.registry()
                .versions()
                .getVersion(GetVersionRequest.newBuilder().setName(name).build());
    }
}
