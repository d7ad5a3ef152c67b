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
            "FILE is a scenario (.json with documents and facts), JSON lines or a JSON array of records, a "
                    + "table with a",
            "header (.csv, .tsv), SQuAD's JSON, or a plain text, which becomes one document. A record is",
            "{\"question\",\"answer\"}, {\"instruction\",\"input\",\"output\"}, {\"prompt\",\"completion\"}, "
                    + "{\"messages\":[...]},",
            "{\"conversations\":[...]}, {\"text\"} or a CloudEvent; of a conversation each answered question is "
                    + "taught by",
            "itself. UTF-8, or UTF-16 with a mark. A bad part is named as FILE:LINE and the rest goes in; where one",
            "question has two answers neither does. \"Taught\" is what the mesh holds afterwards. The exit code "
                    + "is 1 where",
            "anything was refused or is not held."
        })
public final class TeachCommand implements Callable<Integer> {
    /** How long the readers may stand still; as long as they move, whoever teaches waits. */
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
     * @param accepted facts and documents that the mesh holds; where nobody waited, that Kafka holds
     * @param repeated records that said again what another one says
     * @param refused what was not told at all
     * @param notHeld what was told and is not held, with the reason
     * @param notes what was left out as it should be, or is not heard
     * @param searchableSeconds from the first event to the last one found in the index; absent where nobody waited
     */
    record Report(
            int accepted,
            int repeated,
            List<Reading.Refusal> refused,
            List<Reading.Refusal> notHeld,
            List<Reading.Note> notes,
            Double searchableSeconds) {}

    @Override
    public Integer call() throws Exception {
        List<Reading> readings = files.stream().map(TeachCommand::read).toList();
        Syllabus syllabus = Syllabus.of(readings);
        syllabus.refusals().forEach(refusal -> System.err.printf("%s: %s%n", refusal.place(), refusal.reason()));
        readings.stream()
                .flatMap(reading -> reading.notes().stream())
                .forEach(note -> System.err.printf("%s: note: %s%n", note.place(), note.text()));
        Teaching.Outcome outcome = syllabus.told().isEmpty() ? Teaching.Outcome.NOTHING : teach(syllabus.told());
        outcome.notHeld().forEach(missing -> System.err.printf("%s: %s%n", missing.place(), missing.reason()));
        Terminal.standard()
                .line(
                        "%d %s, %d refused%s%s%s",
                        outcome.held(),
                        noWait ? "sent" : "taught",
                        syllabus.refusals().size(),
                        syllabus.repeated() == 0 ? "" : ", %d said twice".formatted(syllabus.repeated()),
                        outcome.notHeld().isEmpty()
                                ? ""
                                : ", %d not held".formatted(outcome.notHeld().size()),
                        outcome.seconds() == null
                                ? ""
                                : "; all can be found after %.2f s".formatted(outcome.seconds()));
        Json.write(
                json,
                new Report(
                        outcome.held(),
                        syllabus.repeated(),
                        syllabus.refusals(),
                        outcome.notHeld(),
                        readings.stream()
                                .flatMap(reading -> reading.notes().stream())
                                .toList(),
                        outcome.seconds()));
        return syllabus.refusals().isEmpty() && outcome.notHeld().isEmpty() && outcome.held() > 0 ? 0 : 1;
    }

    private Teaching.Outcome teach(List<Reading.Told> told) throws InterruptedException {
        try (var publisher = new KnowledgePublisher(options.address(), "/mesh/teach");
                var clients = options.connect();
                var letters = DeadLetterReader.fromNow(options.address())) {
            var teaching = new Teaching(publisher, clients, letters, Terminal.standard(), PATIENCE);
            return noWait ? teaching.send(told) : teaching.teach(told);
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
