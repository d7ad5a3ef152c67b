package io.loremesh.cli.bench.registry;

import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.exchange.ArtifactTransfer;
import io.loremesh.evaluation.report.Row;
import io.loremesh.proto.registry.v1.Artifact;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How fast a large artifact goes up and comes down, beside a copy of the file whose SHA-256 is then taken: what storing it and checking it
 * takes without a registry.
 *
 * @param directory where the files lie meanwhile
 */
record ArtifactSpeed(MeshClients clients, Path directory, int miB) {
    private static final double SHARE = .6;
    private static final int PIECE = 1 << 20;

    private interface Work {
        void run() throws IOException;
    }

    List<Row> measure() throws IOException {
        Path file = directory.resolve("large.bin");
        Path copy = directory.resolve("copy.bin");
        write(file);
        double plain = Math.max(copying(file, copy), copying(file, copy));
        Artifact[] stored = new Artifact[1];
        double up = rate(() -> stored[0] = ArtifactTransfer.upload(clients, file, "application/octet-stream"));
        double down = rate(() -> ArtifactTransfer.download(clients, stored[0], copy));
        return List.of(
                Row.of("a file of %d MiB copied and its SHA-256 taken".formatted(miB), plain, "MiB/s"),
                Row.of("the same as an artifact, up", up, "MiB/s").atLeast(SHARE * plain),
                Row.of("the same as an artifact, down", down, "MiB/s").atLeast(SHARE * plain));
    }

    private double copying(Path file, Path copy) throws IOException {
        Files.deleteIfExists(copy);
        return rate(() -> ArtifactTransfer.digest(Files.copy(file, copy)));
    }

    private double rate(Work work) throws IOException {
        long begin = System.nanoTime();
        work.run();
        return miB / ((System.nanoTime() - begin) / 1e9);
    }

    private void write(Path file) throws IOException {
        var random = new SplittableRandom(1);
        byte[] piece = new byte[PIECE];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < miB; i++) {
                random.nextBytes(piece);
                out.write(piece);
            }
        }
    }
}
