package io.loremesh.cli.version;

import io.loremesh.cli.connect.AddressOptions;
import io.loremesh.cli.connect.VersionNames;
import io.loremesh.cli.terminal.Json;
import io.loremesh.cli.terminal.Table;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.cli.terminal.Times;
import io.loremesh.proto.registry.v1.AliasMove;
import io.loremesh.proto.registry.v1.AuditEntry;
import io.loremesh.proto.registry.v1.FactRevision;
import io.loremesh.proto.registry.v1.FactScreening;
import io.loremesh.proto.registry.v1.GetLineageRequest;
import io.loremesh.proto.registry.v1.GivenAnswer;
import io.loremesh.proto.registry.v1.Lineage;
import io.loremesh.proto.registry.v1.Verdict;
import io.loremesh.proto.registry.v1.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "lineage",
        description = "Tell where a version comes from: base, data, settings, run; and what became of it.",
        footerHeading = "%nExample:%n",
        footer = {"  ./mesh lineage v3", "  ./mesh lineage active --json lineage.json"})
public final class LineageCommand implements Callable<Integer> {
    private static final int SHOWN = 10;
    private static final FactScreening NOT_SCREENED = FactScreening.getDefaultInstance();

    @Mixin
    private AddressOptions options;

    @Parameters(paramLabel = "VERSION", description = "v3, or an alias.")
    private String version;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the whole lineage to this file.")
    private Path json;

    @Override
    public Integer call() {
        try (var clients = options.connect()) {
            Lineage lineage = clients.registry()
                    .lineage()
                    .getLineage(GetLineageRequest.newBuilder()
                            .setVersion(VersionNames.resolve(options.model(), version))
                            .build());
            print(lineage, Terminal.standard());
            Json.write(json, lineage);
        }
        return 0;
    }

    private static void print(Lineage lineage, Terminal terminal) {
        Version version = lineage.getVersion();
        terminal.line(terminal.bold(version.getName()));
        var origin = new Table("", "")
                .row(
                        "base",
                        "%s, %s, %,d parameters"
                                .formatted(
                                        lineage.getBase().getDigest(),
                                        lineage.getBase().getArchitecture(),
                                        lineage.getBase().getParameterCount()))
                .row("grown from", grownFrom(lineage))
                .row("run", version.getRun().isEmpty() ? "none: it came from outside" : version.getRun())
                .row(
                        "adapter",
                        "%s, %,d bytes"
                                .formatted(
                                        version.getArtifact().getDigest(),
                                        version.getArtifact().getSizeBytes()))
                .row("facts", "%d, %s".formatted(lineage.getFactsCount(), lineage.getFactsDigest()));
        new TreeMap<>(version.getTrainingMap()).forEach(origin::row);
        origin.print(terminal);
        facts(lineage, terminal);
        keptOut(lineage, terminal);
        history(lineage, terminal);
        answers(lineage, terminal);
    }

    private static String grownFrom(Lineage lineage) {
        return lineage.getAncestorsCount() == 0
                ? "the bare base"
                : lineage.getAncestorsList().stream()
                                .map(ancestor -> VersionNames.brief(ancestor.getName()))
                                .collect(Collectors.joining(" ← "))
                        + " ← base";
    }

    private static void facts(Lineage lineage, Terminal terminal) {
        if (lineage.getFactsCount() == 0) {
            return;
        }
        terminal.heading("What it was taught");
        Map<String, FactScreening> screened = lineage.getScreeningsList().stream()
                .collect(Collectors.toMap(FactScreening::getFact, Function.identity()));
        var table = new Table("FACT", "QUESTION", "ANSWER", "REVISION", "SOURCE", "AUTHORITY", "WARNED OF");
        for (FactRevision revision : lineage.getFactsList()) {
            var fact = revision.getFact();
            table.row(
                    fact.getName(),
                    fact.getQuestion(),
                    fact.getAnswer(),
                    revision.getRevision(),
                    fact.getSource().getUri(),
                    ScreeningWords.authority(screened.getOrDefault(fact.getName(), NOT_SCREENED)),
                    ScreeningWords.findings(screened.getOrDefault(fact.getName(), NOT_SCREENED)));
        }
        table.print(terminal);
    }

    /** By name alone: what such a fact says may be what nobody is to read. */
    private static void keptOut(Lineage lineage, Terminal terminal) {
        List<FactScreening> keptOut = lineage.getScreeningsList().stream()
                .filter(FactScreening::getKeptOut)
                .toList();
        if (keptOut.isEmpty()) {
            return;
        }
        terminal.heading("What was kept out of its training");
        var table = new Table("FACT", "BECAUSE");
        keptOut.forEach(screening -> table.row(screening.getFact(), String.join("; ", screening.getReasonsList())));
        table.print(terminal);
    }

    private static void answers(Lineage lineage, Terminal terminal) {
        if (lineage.getAnswersCount() == 0) {
            return;
        }
        terminal.heading("What it answered: %,d, the newest first".formatted(lineage.getAnswerCount()));
        var table = new Table("TIME", "FACT", "TRACE", "ANSWER");
        for (GivenAnswer answer : lineage.getAnswersList().subList(0, Math.min(SHOWN, lineage.getAnswersCount()))) {
            table.row(Times.local(answer.getCreateTime()), answer.getFact(), answer.getTraceId(), answer.getAnswerId());
        }
        table.print(terminal);
    }

    private static void history(Lineage lineage, Terminal terminal) {
        terminal.heading("What became of it");
        var table = new Table("TIME", "WHAT", "BY", "BECAUSE");
        for (Verdict verdict : lineage.getVerdictsList()) {
            table.row(
                    Times.local(verdict.getCreateTime()),
                    "%s by policy %s".formatted(LedgerWords.of(verdict.getDecision()), verdict.getPolicy()),
                    "registry",
                    String.join(" ", verdict.getReasonsList()));
        }
        for (AliasMove move : lineage.getMovesList()) {
            table.row(
                    Times.local(move.getCreateTime()),
                    "%s: %s → %s"
                            .formatted(
                                    move.getAlias(),
                                    VersionNames.brief(move.getPreviousVersion()),
                                    VersionNames.brief(move.getVersion())),
                    move.getActor(),
                    move.getReason());
        }
        table.print(terminal);
        terminal.line(terminal.faint("audit entries: "
                + lineage.getAuditEntriesList().stream()
                        .map(AuditEntry::getSequence)
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "))));
    }
}
