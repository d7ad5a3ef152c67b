package io.loremesh.cli.ask;

import io.loremesh.cli.connect.AddressOptions;
import io.loremesh.cli.connect.VersionNames;
import io.loremesh.cli.terminal.Json;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.generator.v1.Citation;
import io.loremesh.proto.generator.v1.GenerateAnswerRequest;
import io.loremesh.proto.generator.v1.Routing;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "ask",
        description = "Ask a question; the answer comes with its path, version and citations.",
        footerHeading = "%nExamples:%n",
        footer = {"  ./mesh ask \"How old is JIM?\"", "  ./mesh ask --routing weights --version v2 \"JIM今年几岁？\""})
public final class AskCommand implements Callable<Integer> {
    @Mixin
    private AddressOptions options;

    @Parameters(paramLabel = "TEXT", arity = "1..*", description = "The question.")
    private List<String> words;

    @Option(names = "--version", description = "Version that answers: v3, an alias, or base (default: the active one).")
    private String version;

    /** Which ways to an answer may be tried. */
    enum Way {
        auto,
        weights,
        retrieval
    }

    @Option(names = "--routing", defaultValue = "auto", description = "${COMPLETION-CANDIDATES} (default: auto).")
    private Way way;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the whole answer to this file.")
    private Path json;

    @Override
    public Integer call() {
        var terminal = Terminal.standard();
        var request = GenerateAnswerRequest.newBuilder()
                .setQuestion(String.join(" ", words))
                .setVersion(version == null ? "" : VersionNames.resolve(options.model(), version))
                .setRouting(
                        switch (way) {
                            case auto -> Routing.ROUTING_AUTO;
                            case weights -> Routing.ROUTING_WEIGHTS;
                            case retrieval -> Routing.ROUTING_RETRIEVAL;
                        })
                .build();
        try (var clients = options.connect()) {
            Asking asking = Asking.ask(clients.generator(), request, terminal::part);
            terminal.line("");
            explain(terminal, asking);
            Json.write(json, asking.answer());
        }
        return 0;
    }

    private static void explain(Terminal terminal, Asking asking) {
        Answer answer = asking.answer();
        terminal.line(terminal.faint("path: %s   version: %s   confidence: %.2f   %.0f ms"
                .formatted(
                        answer.getPath().name().replace("PATH_", ""),
                        VersionNames.brief(answer.getVersion()),
                        answer.getConfidence(),
                        asking.latencyMs())));
        if (!answer.getDegraded().isEmpty()) {
            terminal.line(terminal.bad("degraded: " + answer.getDegraded()));
        }
        for (Citation citation : answer.getCitationsList()) {
            terminal.line(terminal.faint(
                    "  [%.2f] %s  (%s)".formatted(citation.getScore(), citation.getText(), citation.getPassage())));
        }
    }
}
