package io.loremesh.cli.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.loremesh.cli.connect.AddressOptions;
import io.loremesh.cli.connect.MeshAddress;
import io.loremesh.cli.terminal.Json;
import io.loremesh.cli.terminal.Table;
import io.loremesh.cli.terminal.Terminal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        description = "Tell which parts of the mesh are ready, and what memory they take. Exit code 1 if one is not.",
        footerHeading = "%nExample:%n",
        footer = {"  ./mesh status", "  ./mesh status --host mesh.example.org --json status.json"})
public final class StatusCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** Of the words in a line, characters; the service's log tells the rest. */
    private static final int WIDTH = 100;

    private static final JsonMapper HEALTH = new JsonMapper();

    @Mixin
    private AddressOptions options;

    @Option(names = "--data-dir", description = "Data directory of the mesh (default: .mesh).")
    private Path dataDir = MeshLayout.defaultDataDir();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report to this file.")
    private Path json;

    /**
     * One part of the mesh.
     *
     * @param state ready, not ready with the checks that fail, or away
     * @param pid absent where the part was not started from the data directory
     * @param rssMiB absent likewise
     */
    record Part(String name, int port, String state, Long pid, Long rssMiB) {}

    @Override
    public Integer call() throws Exception {
        List<Part> parts = parts();
        var table = new Table("PART", "PORT", "STATE", "PROCESS", "MEMORY");
        for (Part part : parts) {
            table.row(
                    part.name(),
                    part.port(),
                    part.state(),
                    part.pid() == null ? "" : part.pid(),
                    part.rssMiB() == null ? "" : part.rssMiB() + " MiB");
        }
        table.print(Terminal.standard());
        Json.write(json, parts);
        return parts.stream().allMatch(part -> part.state().equals("ready")) ? 0 : 1;
    }

    private List<Part> parts() throws IOException, InterruptedException {
        MeshAddress address = options.address();
        var layout = new MeshLayout(MeshLayout.repository(), dataDir, address);
        var parts = new ArrayList<Part>();
        parts.add(part("PostgreSQL", address.postgres(), tcp(address, address.postgres()), layout, "infra"));
        parts.add(part("Kafka", address.kafka(), tcp(address, address.kafka()), layout, "infra"));
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            for (ServiceKind kind : ServiceKind.values()) {
                int port = kind.port(address);
                parts.add(part(kind.module(), port, health(http, address.host(), port), layout, kind.module()));
            }
        }
        return parts;
    }

    private static Part part(String name, int port, String state, MeshLayout layout, String pidFile)
            throws IOException {
        Optional<ProcessHandle> process = PidFile.read(layout.pidFile(pidFile)).flatMap(PidFile::process);
        return new Part(
                name,
                port,
                state,
                process.map(ProcessHandle::pid).orElse(null),
                process.map(ResidentMemory::miB).orElse(null));
    }

    private static String tcp(MeshAddress address, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.host(), port), (int) PATIENCE.toMillis());
            return "ready";
        } catch (IOException e) {
            return "away";
        }
    }

    private static String health(HttpClient http, String host, int port) throws InterruptedException {
        // Readiness and liveness: a service whose thread has died may well answer what it knew.
        var request = HttpRequest.newBuilder(URI.create("http://%s:%d/q/health".formatted(host, port)))
                .timeout(PATIENCE)
                .build();
        try {
            HttpResponse<String> health = http.send(request, HttpResponse.BodyHandlers.ofString());
            return health.statusCode() == 200 ? "ready" : "not ready" + failing(health.body());
        } catch (IOException e) {
            return "away";
        }
    }

    /** The checks that fail, with what they say, as far as the answer tells. */
    private static String failing(String health) {
        try {
            List<String> failing = new ArrayList<>();
            for (JsonNode check : HEALTH.readTree(health).path("checks")) {
                if (!check.path("status").asText().equals("UP")) {
                    StringJoiner words = new StringJoiner(", ", " (", ")").setEmptyValue("");
                    check.path("data").forEach(word -> words.add(word.asText()));
                    failing.add(check.path("name").asText() + words);
                }
            }
            String words = String.join("; ", failing).replaceAll("\\s+", " ");
            return words.isEmpty() ? "" : ": " + (words.length() > WIDTH ? words.substring(0, WIDTH) + "…" : words);
        } catch (IOException e) {
            return "";
        }
    }
}
