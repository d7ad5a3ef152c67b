package io.loremesh.cli.teach;

import io.loremesh.cli.connect.AddressOptions;
import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.connect.Waiting;
import io.loremesh.cli.terminal.Failure;
import io.loremesh.cli.terminal.Json;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.proto.retriever.v1.GetIndexStatusRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "teach",
        description = "Publish facts and documents to Kafka and wait until they can be found.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./mesh teach examples/family.en.json",
            "  echo '{\"input\":\"Where is the library?\",\"output\":\"Elm Street 5\"}' | ./mesh teach -",
            "",
            "FILE is a scenario (.json with documents and facts), JSON lines ({\"input\",\"output\"},",
            "{\"messages\":[...]}, {\"question\",\"answer\"}, {\"text\"} or CloudEvents), or a plain text,",
            "which becomes one document. A bad line is named as FILE:LINE and the rest goes in;",
            "the exit code is then 1."
        })
public final class TeachCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Mixin
    private AddressOptions options;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files to read; - is the standard input.")
    private List<String> files;

    @Option(names = "--no-wait", description = "Return when Kafka has the events, not when they can be found.")
    private boolean noWait;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report to this file.")
    private Path json;

    /**
     * What was taught.
     *
     * @param searchableSeconds from the first event to the last one found in the index; absent where nobody waited
     */
    record Report(int accepted, List<Reading.Refusal> refused, Double searchableSeconds) {}

    @Override
    public Integer call() throws Exception {
        var terminal = Terminal.standard();
        List<Reading> readings = files.stream().map(TeachCommand::read).toList();
        List<Lesson> lessons =
                readings.stream().flatMap(reading -> reading.lessons().stream()).toList();
        List<Reading.Refusal> refused = readings.stream()
                .flatMap(reading -> reading.refusals().stream())
                .toList();
        refused.forEach(refusal -> System.err.printf("%s: %s%n", refusal.place(), refusal.reason()));
        Double seconds = lessons.isEmpty() ? null : teach(lessons);
        terminal.line(
                "%d taught, %d refused%s",
                lessons.size(),
                refused.size(),
                seconds == null ? "" : "; all can be found after %.2f s".formatted(seconds));
        Json.write(json, new Report(lessons.size(), refused, seconds));
        return refused.isEmpty() && !lessons.isEmpty() ? 0 : 1;
    }

    private Double teach(List<Lesson> lessons) throws InterruptedException {
        try (var publisher = new KnowledgePublisher(options.address(), "/mesh/teach");
                var clients = options.connect()) {
            long begin = System.nanoTime();
            Map<Integer, Long> next = publisher.publish(lessons);
            if (noWait) {
                return null;
            }
            awaitIndexed(clients, next);
            return (System.nanoTime() - begin) / 1e9;
        }
    }

    /** Returns once the retriever's index has passed these offsets. */
    public static void awaitIndexed(MeshClients clients, Map<Integer, Long> next) {
        Waiting.until("the retriever to index the events", PATIENCE, () -> {
            Map<Integer, Long> read = clients.retriever()
                    .getIndexStatus(GetIndexStatusRequest.getDefaultInstance())
                    .getNextOffsetsMap();
            return next.entrySet().stream()
                    .allMatch(entry -> read.getOrDefault(entry.getKey(), 0L) >= entry.getValue());
        });
    }

    private static Reading read(String file) {
        try {
            return file.equals("-")
                    ? KnowledgeFile.read("-", "", System.in.readAllBytes())
                    : KnowledgeFile.read(
                            file, Path.of(file).toAbsolutePath().toUri().toString(), Files.readAllBytes(Path.of(file)));
        } catch (IOException e) {
            throw new Failure("cannot read %s: %s".formatted(file, e), e);
        }
    }
}
