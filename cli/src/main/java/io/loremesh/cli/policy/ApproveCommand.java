package io.loremesh.cli.policy;

import io.loremesh.cli.connect.AddressOptions;
import io.loremesh.cli.connect.VersionNames;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.proto.registry.v1.ApproveVersionRequest;
import io.loremesh.proto.registry.v1.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "approve",
        description = "Let a version pass that the gates accepted and whose policy asks for a person.",
        footerHeading = "%nExample:%n",
        footer = {"  ./mesh approve v3 --by \"Ann Lee\" --because \"read all gained answers\""})
public final class ApproveCommand implements Callable<Integer> {
    @Mixin
    private AddressOptions options;

    @Parameters(paramLabel = "VERSION", description = "v3, or an alias.")
    private String version;

    @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who approves; kept in the audit log.")
    private String actor;

    @Option(names = "--because", required = true, paramLabel = "TEXT", description = "Why; kept in the audit log.")
    private String reason;

    @Override
    public Integer call() {
        try (var clients = options.connect()) {
            Version approved = clients.registry()
                    .approvals()
                    .approveVersion(ApproveVersionRequest.newBuilder()
                            .setVersion(VersionNames.resolve(options.model(), version))
                            .setActor(actor)
                            .setReason(reason)
                            .build());
            String brief = VersionNames.brief(approved.getName());
            Terminal.standard()
                    .line(
                            "%s was approved by %s; `./mesh promote %s` makes it active",
                            brief, approved.getVerdict().getApproval().getActor(), brief);
        }
        return 0;
    }
}
