package io.loremesh.cli.version;

import io.loremesh.cli.connect.AddressOptions;
import io.loremesh.cli.connect.FactNames;
import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.connect.VersionNames;
import io.loremesh.cli.terminal.Json;
import io.loremesh.cli.terminal.Table;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.cli.terminal.Times;
import io.loremesh.proto.registry.v1.BlameFactRequest;
import io.loremesh.proto.registry.v1.BlameLine;
import io.loremesh.proto.registry.v1.FactBlame;
import io.loremesh.proto.registry.v1.FactScreening;
import io.loremesh.proto.registry.v1.ScreenFactsRequest;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "blame",
        description = "Tell which version learned, lost or altered a fact, from which source, when, by which run.",
        footerHeading = "%nExample:%n",
        footer = {
            "  ./mesh blame facts/0c1f9a5e2d7b4c6f8a3e5d1b9c7f2a4e",
            "  ./mesh blame \"How old is Jim?\" --json blame.json"
        })
public final class BlameCommand implements Callable<Integer> {
    @Mixin
    private AddressOptions options;

    @Parameters(paramLabel = "FACT", description = "facts/…, its id, or a question that it answers.")
    private String fact;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the answer to this file.")
    private Path json;

    @Override
    public Integer call() {
        try (var clients = options.connect()) {
            FactBlame blame = clients.registry()
                    .blame()
                    .blameFact(BlameFactRequest.newBuilder()
                            .setName(FactNames.resolve(clients, fact))
                            .setModel(options.model())
                            .build());
            print(blame, Terminal.standard());
            printScreening(screening(clients, blame), Terminal.standard());
            Json.write(json, blame);
        }
        return 0;
    }

    /** What the policy says of the fact as it stands. Nothing is kept of it. */
    private FactScreening screening(MeshClients clients, FactBlame blame) {
        return clients.registry()
                .screenings()
                .screenFacts(ScreenFactsRequest.newBuilder()
                        .setModel(options.model())
                        .addFacts(blame.getFact())
                        .build())
                .getFacts(0);
    }

    static void printScreening(FactScreening screening, Terminal terminal) {
        String authority = ScreeningWords.authority(screening);
        if (!authority.isEmpty()) {
            terminal.line("  authority: " + authority);
        }
        screening
                .getReasonsList()
                .forEach(reason ->
                        terminal.line("  %s: %s", screening.getKeptOut() ? "kept out of training" : "warning", reason));
    }

    static void print(FactBlame blame, Terminal terminal) {
        terminal.line(terminal.bold(blame.getFact().getQuestion()) + "  "
                + terminal.faint(blame.getFact().getName()));
        terminal.line(
                blame.getRetracted()
                        ? "  retracted"
                        : "  now: " + LedgerWords.quoted(blame.getFact().getAnswer()));
        if (blame.getLinesCount() == 0) {
            terminal.line("  no version ever knew otherwise; nothing to blame");
            return;
        }
        var table = new Table("VERSION", "", "STATE", "ANSWER", "WHEN", "RUN", "SOURCE");
        for (BlameLine line : blame.getLinesList()) {
            table.row(
                    VersionNames.brief(line.getVersion()),
                    sign(line),
                    "%s → %s".formatted(LedgerWords.of(line.getBefore()), LedgerWords.of(line.getAfter())),
                    "%s → %s"
                            .formatted(
                                    LedgerWords.quoted(line.getAnswerBefore()),
                                    LedgerWords.quoted(line.getAnswerAfter())),
                    line.hasTime() ? Times.local(line.getTime()) : "",
                    line.getRun() + (line.getTrained() ? " (trained on it)" : ""),
                    source(line));
        }
        table.print(terminal);
    }

    private static String sign(BlameLine line) {
        return switch (line.getKind()) {
            case CHANGE_KIND_GAINED -> "+ learned";
            case CHANGE_KIND_LOST -> "- lost";
            case CHANGE_KIND_ALTERED -> "~ altered";
            case CHANGE_KIND_STALE -> "! stale";
            case CHANGE_KIND_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }

    private static String source(BlameLine line) {
        if (!line.hasRevision()) {
            return "";
        }
        var revision = line.getRevision();
        return Stream.of(
                        "revision " + revision.getRevision() + (revision.getRetracted() ? ", retracted" : ""),
                        revision.getFact().getSource().getUri(),
                        revision.getFact().getSource().getSha256())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" · "));
    }
}
