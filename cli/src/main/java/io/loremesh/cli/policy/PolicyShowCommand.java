package io.loremesh.cli.policy;

import io.loremesh.cli.connect.AddressOptions;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.proto.registry.v1.GetPolicyRequest;
import io.loremesh.proto.registry.v1.Policy;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "show",
        description =
                "Print the policy that judges now, or one that a verdict names, as the YAML that `policy set` takes.",
        footerHeading = "%nExample:%n",
        footer = {"  ./mesh policy show", "  ./mesh policy show --digest sha256:…"})
public final class PolicyShowCommand implements Callable<Integer> {
    @Mixin
    private AddressOptions options;

    @Option(names = "--digest", defaultValue = "", description = "Digest of a policy that held once, from a verdict.")
    private String digest;

    @Override
    public Integer call() {
        try (var clients = options.connect()) {
            Policy policy = clients.registry()
                    .policies()
                    .getPolicy(GetPolicyRequest.newBuilder()
                            .setModel(options.model())
                            .setDigest(digest)
                            .build());
            // Nothing but the file: what is shown can be saved, changed and set.
            Terminal.standard().part(policy.getYaml());
        }
        return 0;
    }
}
