package io.loremesh.cli.version;

import io.loremesh.cli.connect.AddressOptions;
import io.loremesh.cli.connect.VersionNames;
import io.loremesh.cli.terminal.Json;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.proto.registry.v1.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "judge",
        description = "Probe a version anew and judge it by the policy that holds now.",
        footerHeading = "%nExample:%n",
        footer = {"  ./mesh policy set policy.yaml && ./mesh judge v2"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:accepted",
            "1:something is wrong; the message tells what",
            "3:rejected by the gates",
            "4:passed, and awaits approval"
        })
public final class JudgeCommand implements Callable<Integer> {
    @Mixin
    private AddressOptions options;

    @Parameters(paramLabel = "VERSION", description = "v3, or an alias.")
    private String version;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the judged version to this file.")
    private Path json;

    @Override
    public Integer call() {
        try (var clients = options.connect()) {
            Version judged = VersionJudgement.of(
                    clients, VersionNames.resolve(options.model(), version), List.of(), Terminal.standard());
            Json.write(json, judged);
            return switch (judged.getVerdict().getDecision()) {
                case DECISION_ACCEPTED -> 0;
                case DECISION_AWAITING_APPROVAL -> AwaitedVerdict.NOT_APPROVED;
                case DECISION_REJECTED, DECISION_UNSPECIFIED, UNRECOGNIZED -> AwaitedVerdict.REJECTED;
            };
        }
    }
}
