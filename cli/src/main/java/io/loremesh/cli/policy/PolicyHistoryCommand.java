package io.loremesh.cli.policy;

import io.loremesh.cli.connect.AddressOptions;
import io.loremesh.cli.terminal.Json;
import io.loremesh.cli.terminal.Table;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.cli.terminal.Times;
import io.loremesh.proto.registry.v1.ListPoliciesRequest;
import io.loremesh.proto.registry.v1.ListPoliciesResponse;
import io.loremesh.proto.registry.v1.Policy;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "history",
        description = "List the policies that a model had, newest first.",
        footerHeading = "%nExample:%n",
        footer = {"  ./mesh policy history"})
public final class PolicyHistoryCommand implements Callable<Integer> {
    private static final int MAX_POLICIES = 1000;

    @Mixin
    private AddressOptions options;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the list to this file.")
    private Path json;

    @Override
    public Integer call() {
        var terminal = Terminal.standard();
        try (var clients = options.connect()) {
            ListPoliciesResponse response = clients.registry()
                    .policies()
                    .listPolicies(ListPoliciesRequest.newBuilder()
                            .setModel(options.model())
                            .setPageSize(MAX_POLICIES)
                            .build());
            if (response.getPoliciesCount() == 0) {
                terminal.line(
                        "%s is judged by the registry's defaults; `./mesh policy set` changes that", options.model());
            } else {
                var table = new Table("REVISION", "POLICY", "APPROVAL", "SET", "BY", "BECAUSE", "DIGEST");
                for (Policy policy : response.getPoliciesList()) {
                    table.row(
                            policy.getRevision(),
                            policy.getTitle(),
                            policy.getApprovalRequired() ? "required" : "none",
                            Times.local(policy.getCreateTime()),
                            policy.getActor(),
                            policy.getReason(),
                            policy.getDigest());
                }
                table.print(terminal);
            }
            Json.write(json, response);
        }
        return 0;
    }
}
