package io.loremesh.cli.audit;

import io.loremesh.cli.connect.AddressOptions;
import io.loremesh.cli.connect.VersionNames;
import io.loremesh.cli.terminal.Json;
import io.loremesh.cli.terminal.Table;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.cli.terminal.Times;
import io.loremesh.proto.registry.v1.AuditEntry;
import io.loremesh.proto.registry.v1.ListAuditEntriesRequest;
import io.loremesh.proto.registry.v1.ListAuditEntriesResponse;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        description = "Show who did what, newest first.",
        footerHeading = "%nExample:%n",
        footer = {"  ./mesh audit list", "  ./mesh audit list --about facts/5f… --json audit.json"})
public final class AuditListCommand implements Callable<Integer> {
    @Mixin
    private AddressOptions options;

    @Option(names = "--about", paramLabel = "NAME", description = "Only this version, fact or model.")
    private String subject;

    @Option(names = "--limit", defaultValue = "50", description = "Entries to show at most, to 1000 (default: 50).")
    private int limit;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the entries, with what was hashed, to this file.")
    private Path json;

    @Override
    public Integer call() {
        var terminal = Terminal.standard();
        try (var clients = options.connect()) {
            ListAuditEntriesResponse response = clients.registry()
                    .audit()
                    .listAuditEntries(ListAuditEntriesRequest.newBuilder()
                            .setSubject(subject())
                            .setPageSize(limit)
                            .build());
            var table = new Table("#", "TIME", "WHAT", "ABOUT", "BY", "BECAUSE", "DETAILS", "HASH");
            for (AuditEntry entry : response.getEntriesList()) {
                table.row(
                        entry.getSequence(),
                        Times.local(entry.getCreateTime()),
                        action(entry),
                        entry.getSubject(),
                        entry.getActor(),
                        entry.getReason(),
                        details(entry),
                        entry.getHash().substring(0, 12));
            }
            table.print(terminal);
            if (!response.getNextPageToken().isEmpty()) {
                terminal.line(terminal.faint("older entries are left out; --limit shows more"));
            }
            Json.write(json, response);
        }
        return 0;
    }

    private String subject() {
        if (subject == null) {
            return "";
        }
        return subject.contains("/") ? subject : VersionNames.resolve(options.model(), subject);
    }

    private static String action(AuditEntry entry) {
        return entry.getAction()
                .name()
                .replace("AUDIT_ACTION_", "")
                .replace('_', ' ')
                .toLowerCase(Locale.ROOT);
    }

    /** Digests are for the JSON. */
    private static String details(AuditEntry entry) {
        return entry.getDetailsMap().entrySet().stream()
                .filter(detail ->
                        !detail.getValue().isEmpty() && !detail.getValue().startsWith("sha256:"))
                .map(detail -> detail.getKey() + "=" + detail.getValue())
                .sorted()
                .collect(Collectors.joining(" "));
    }
}
