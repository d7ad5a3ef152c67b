package io.loremesh.lab.bench.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.exchange.ArtifactTransfer;
import io.loremesh.cli.terminal.ProgressBar;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.lab.bench.Quantile;
import io.loremesh.lab.report.Row;
import io.loremesh.lab.report.Row.Peer;
import io.loremesh.proto.registry.v1.Artifact;
import io.loremesh.proto.registry.v1.BaseModel;
import io.loremesh.proto.registry.v1.CreateBaseModelRequest;
import io.loremesh.proto.registry.v1.CreateVersionRequest;
import io.loremesh.proto.registry.v1.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * How many versions a second are registered, by one client and by several at once, MLflow's server in turn with the
 * registry.
 */
final class Registrations {
    static final String MODEL = "bench";

    private static final String BASE_DIGEST = "sha256:" + "b".repeat(64);
    private static final int ROUNDS = 5;
    private static final int EACH_ROUND = 240;
    private static final int EACH_ROUND_OF_PEER = 60;

    /** What the just-in-time compiler needs to see: until then every round is faster than the one before. */
    private static final int WARM_UP = 6_000;

    private static final int TOGETHER = 8;
    private static final double TIMES_FASTER = 10;
    private static final int ALL = 10_000;

    private final MeshClients clients;
    private final Path directory;
    private final Terminal terminal;
    private final Deque<Artifact> artifacts = new ConcurrentLinkedDeque<>();
    private int registered;

    Registrations(MeshClients clients, Path directory, Terminal terminal) {
        this.clients = clients;
        this.directory = directory;
        this.terminal = terminal;
    }

    List<Row> measure(String mlflow) throws IOException, InterruptedException {
        clients.registry()
                .baseModels()
                .createBaseModel(CreateBaseModelRequest.newBuilder()
                        .setBaseModelId(MODEL)
                        .setBaseModel(
                                BaseModel.newBuilder().setDigest(BASE_DIGEST).setArchitecture("Qwen2ForCausalLM"))
                        .build());
        upload();
        Parallel.run(TOGETHER, WARM_UP, this::register);
        try (var peer = MlflowServer.start(mlflow, directory)) {
            var rows = new ArrayList<Row>();
            for (int clientsAtOnce : List.of(1, TOGETHER)) {
                rows.add(row(clientsAtOnce, peer));
            }
            return rows;
        }
    }

    private Row row(int clientsAtOnce, MlflowServer peer) throws InterruptedException {
        double[] own = new double[ROUNDS];
        double[] other = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            own[round] = rate(clientsAtOnce, EACH_ROUND, this::register);
            if (peer.isInstalled()) {
                other[round] = rate(clientsAtOnce, EACH_ROUND_OF_PEER, peer::register);
            }
        }
        double median = Quantile.of(own, .5);
        Row row = Row.of("register a version, clients: " + clientsAtOnce, median, "1/s");
        if (!peer.isInstalled()) {
            return row.noting("MLflow is not installed: no peer");
        }
        double theirs = Quantile.of(other, .5);
        return row.atLeast(TIMES_FASTER * theirs)
                .beside(new Peer("MLflow server, SQLite", peer.version(), theirs))
                .noting("medians of %d rounds in turn".formatted(ROUNDS));
    }

    /** Registrations a second. */
    private static double rate(int clientsAtOnce, int count, Runnable registration) throws InterruptedException {
        long begin = System.nanoTime();
        Parallel.run(clientsAtOnce, count, registration);
        return count / ((System.nanoTime() - begin) / 1e9);
    }

    private void register() {
        clients.registry()
                .versions()
                .createVersion(CreateVersionRequest.newBuilder()
                        .setParent("models/" + MODEL)
                        .setVersion(Version.newBuilder()
                                .setArtifact(artifacts.pop())
                                .setBaseDigest(BASE_DIGEST)
                                .putTraining("technique", "lora"))
                        .build());
    }

    /** An artifact is there before its version, as a run leaves it; here they are small and each another one. */
    private void upload() throws IOException, InterruptedException {
        var bar = new ProgressBar(terminal, 4);
        var numbers = new ArrayDeque<Integer>();
        for (int i = 0; i < ALL; i++) {
            numbers.add(i);
        }
        var waiting = new ConcurrentLinkedDeque<>(numbers);
        Files.createDirectories(directory);
        Parallel.run(TOGETHER, ALL, () -> {
            int number = waiting.pop();
            artifacts.add(uploadSmall(number));
            if (number % 100 == 0) {
                bar.show(number, ALL, "small artifacts uploaded");
            }
        });
        bar.end();
    }

    private Artifact uploadSmall(int number) {
        try {
            Path file = Files.createTempFile(directory, "small", ".bin");
            Files.write(file, "artifact %d".formatted(number).getBytes(UTF_8));
            Artifact artifact = ArtifactTransfer.upload(clients, file, "application/octet-stream");
            Files.delete(file);
            return artifact;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Registers what is left; returns how many versions there are then. */
    int fill() throws InterruptedException {
        Parallel.run(TOGETHER, artifacts.size(), this::register);
        return ALL;
    }
}
