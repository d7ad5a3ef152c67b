package io.loremesh.cli.audit;

import io.loremesh.cli.connect.AddressOptions;
import io.loremesh.cli.terminal.Json;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.proto.registry.v1.VerifyAuditLogRequest;
import io.loremesh.proto.registry.v1.VerifyAuditLogResponse;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description = "Compute every hash of the log anew and name the first entry that does not hold.",
        footerHeading = "%nExample:%n",
        footer = {
            "  ./mesh audit verify",
            "  ./mesh audit verify --known 3fa9…   (a head that an earlier run printed)",
            "",
            "Exit code 1 if an entry does not hold."
        })
public final class AuditVerifyCommand implements Callable<Integer> {
    @Mixin
    private AddressOptions options;

    @Option(
            names = "--known",
            defaultValue = "",
            paramLabel = "HASH",
            description = "Hash of an entry, kept elsewhere: tells whether the log's end was cut off.")
    private String known;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the outcome to this file.")
    private Path json;

    @Override
    public Integer call() {
        var terminal = Terminal.standard();
        try (var clients = options.connect()) {
            VerifyAuditLogResponse outcome = clients.watchRegistry()
                    .audit()
                    .verifyAuditLog(VerifyAuditLogRequest.newBuilder()
                            .setKnownHash(known)
                            .build());
            Json.write(json, outcome);
            if (outcome.hasFirstBreak()) {
                terminal.line(terminal.bad(outcome.getFirstBreak().getReason()));
                terminal.line("%d entries before it hold", outcome.getVerifiedCount());
                return 1;
            }
            terminal.line(terminal.good("%d entries hold".formatted(outcome.getVerifiedCount())));
            terminal.line("head %s; keep it elsewhere, `--known` looks for it", outcome.getHeadHash());
        }
        return 0;
    }
}
