package io.loremesh.cli.version;

import io.loremesh.cli.connect.AddressOptions;
import io.loremesh.cli.connect.FactNames;
import io.loremesh.cli.connect.VersionNames;
import io.loremesh.cli.terminal.Json;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.cli.terminal.Times;
import io.loremesh.proto.registry.v1.BisectFactRequest;
import io.loremesh.proto.registry.v1.BisectFactResponse;
import io.loremesh.proto.registry.v1.BisectStep;
import io.loremesh.proto.registry.v1.FactBisection;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "bisect",
        description = "Find the version with which a fact went wrong, by halving the way from a good to a bad one.",
        footerHeading = "%nExample:%n",
        footer = {"  ./mesh bisect \"How old is Jim?\" --good v1 --bad active"})
public final class BisectCommand implements Callable<Integer> {
    @Mixin
    private AddressOptions options;

    @Parameters(paramLabel = "FACT", description = "facts/…, its id, or a question that it answers.")
    private String fact;

    @Option(names = "--good", required = true, paramLabel = "A", description = "A version that answers right, or base.")
    private String good;

    @Option(names = "--bad", required = true, paramLabel = "B", description = "A later one that does not.")
    private String bad;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result to this file.")
    private Path json;

    @Override
    public Integer call() {
        var terminal = Terminal.standard();
        try (var clients = options.connect()) {
            Iterator<BisectFactResponse> parts = clients.watchRegistry()
                    .blame()
                    .bisectFact(BisectFactRequest.newBuilder()
                            .setName(FactNames.resolve(clients, fact))
                            .setGood(VersionNames.resolve(options.model(), good))
                            .setBad(VersionNames.resolve(options.model(), bad))
                            .build());
            while (parts.hasNext()) {
                BisectFactResponse part = parts.next();
                if (part.hasStep()) {
                    print(part.getStep(), terminal);
                } else {
                    print(part.getBisection(), terminal);
                    Json.write(json, part.getBisection());
                }
            }
        }
        return 0;
    }

    private static void print(BisectStep step, Terminal terminal) {
        terminal.line(
                "  %s %s  %s  %.0f %% right%s",
                terminal.mark(step.getRight()),
                VersionNames.brief(step.getVersion()),
                LedgerWords.quoted(step.getAnswer()),
                100 * step.getAccuracy(),
                step.getProbed() ? ", probed now" : "");
    }

    private static void print(FactBisection found, Terminal terminal) {
        terminal.line(terminal.bold("%s is the first that is wrong; %s was right"
                .formatted(VersionNames.brief(found.getFirstBad()), VersionNames.brief(found.getLastGood()))));
        terminal.line(
                "  made %s%s%s",
                Times.local(found.getTime()),
                found.getRun().isEmpty() ? "" : " by " + found.getRun(),
                found.getTrained() ? ", trained on this fact" : ", not trained on this fact");
    }
}
