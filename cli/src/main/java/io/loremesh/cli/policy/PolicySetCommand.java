package io.loremesh.cli.policy;

import io.loremesh.cli.connect.AddressOptions;
import io.loremesh.cli.terminal.Failure;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.cli.version.Promotion;
import io.loremesh.proto.registry.v1.Policy;
import io.loremesh.proto.registry.v1.SetPolicyRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "set",
        description = "Have a model's versions judged by this policy from now on; the older ones are kept.",
        footerHeading = "%nExample:%n",
        footer = {"  ./mesh policy set policy.yaml --because \"neighbours moved too often\""})
public final class PolicySetCommand implements Callable<Integer> {
    @Mixin
    private AddressOptions options;

    @Parameters(paramLabel = "FILE", description = "The policy, YAML; `policy show` prints one to begin with.")
    private Path file;

    @Option(names = "--because", defaultValue = "", description = "Why; kept in the audit log.")
    private String reason;

    @Override
    public Integer call() {
        try (var clients = options.connect()) {
            Policy policy = clients.registry()
                    .policies()
                    .setPolicy(SetPolicyRequest.newBuilder()
                            .setModel(options.model())
                            .setYaml(read())
                            .setActor(Promotion.actor())
                            .setReason(reason)
                            .build());
            Terminal.standard()
                    .line(
                            "%s is judged by %s, revision %d, %s%s",
                            policy.getModel(),
                            policy.getTitle(),
                            policy.getRevision(),
                            policy.getDigest(),
                            policy.getApprovalRequired() ? "; a person approves what passes" : "");
        }
        return 0;
    }

    private String read() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new Failure("cannot read %s as UTF-8: %s".formatted(file, e.getMessage()), e);
        }
    }
}
