package io.loremesh.cli.audit;

import io.loremesh.cli.connect.AddressOptions;
import io.loremesh.cli.connect.FactNames;
import io.loremesh.cli.connect.VersionNames;
import io.loremesh.cli.terminal.Json;
import io.loremesh.cli.terminal.Table;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.cli.version.Promotion;
import io.loremesh.proto.registry.v1.EraseFactRequest;
import io.loremesh.proto.registry.v1.EraseFactResponse;
import io.loremesh.proto.registry.v1.ErasureProbe;
import io.loremesh.proto.registry.v1.ErasureProof;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "erase",
        description = "Make the mesh forget a fact, and prove it by asking the served model.",
        footerHeading = "%nExample:%n",
        footer = {
            "  ./mesh erase \"How old is JIM?\" --because \"he asked for it\"",
            "  ./mesh erase facts/5f… --because \"request of 2026-11-20\" --proof erasure.json",
            "",
            "The proof is written whether or not the fact is gone; exit code 1 if it is not."
        })
public final class EraseCommand implements Callable<Integer> {
    @Mixin
    private AddressOptions options;

    @Parameters(paramLabel = "FACT", description = "facts/…, its id, or a question that it answers.")
    private String fact;

    @Option(names = "--because", required = true, paramLabel = "TEXT", description = "Why; kept in the audit log.")
    private String reason;

    @Option(
            names = "--proof",
            defaultValue = "erasure-proof.json",
            paramLabel = "FILE",
            description = "Where the proof goes (default: erasure-proof.json).")
    private Path proofFile;

    @Override
    public Integer call() {
        var terminal = Terminal.standard();
        try (var clients = options.connect()) {
            Iterator<EraseFactResponse> responses = clients.watchRegistry()
                    .erasures()
                    .eraseFact(EraseFactRequest.newBuilder()
                            .setFact(FactNames.resolve(clients, fact))
                            .setModel(options.model())
                            .setActor(Promotion.actor())
                            .setReason(reason)
                            .build());
            var proof = ErasureProof.getDefaultInstance();
            while (responses.hasNext()) {
                EraseFactResponse response = responses.next();
                if (response.hasProof()) {
                    proof = response.getProof();
                } else {
                    terminal.line("  " + response.getStage());
                }
            }
            Json.writeWhole(proofFile, proof);
            print(proof, terminal);
            terminal.line("proof: %s", proofFile);
            return proof.getGone() ? 0 : 1;
        }
    }

    private static void print(ErasureProof proof, Terminal terminal) {
        var table = new Table("ASKED", "OF", "ANSWER", "PATH", "TELLS");
        for (ErasureProbe probe : proof.getProbesList()) {
            table.row(
                    probe.getQuestion(),
                    probe.getWeightsOnly() ? "weights" : "everything",
                    probe.getAnswer(),
                    probe.getPath(),
                    probe.getTells() ? "✗ yes" : "✓ no");
        }
        table.print(terminal);
        terminal.line(
                "held by %s; %s answers now%s",
                proof.getHoldersCount() == 0
                        ? "no version"
                        : proof.getHoldersList().stream()
                                .map(VersionNames::brief)
                                .collect(Collectors.joining(", ")),
                VersionNames.brief(proof.getServed()),
                proof.hasRollback()
                        ? ", rolled back from "
                                + VersionNames.brief(proof.getRollback().getPreviousVersion())
                        : "");
        terminal.line(proof.getGone() ? terminal.good("gone") : terminal.bad("not gone: " + proof.getFinding()));
        terminal.line(terminal.faint("audit entry %d, %s"
                .formatted(
                        proof.getAuditEntry().getSequence(),
                        proof.getAuditEntry().getHash())));
    }
}
