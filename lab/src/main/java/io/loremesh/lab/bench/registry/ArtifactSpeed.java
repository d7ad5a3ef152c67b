package io.loremesh.lab.bench.registry;

import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.exchange.ArtifactTransfer;
import io.loremesh.cli.terminal.Failure;
import io.loremesh.lab.bench.Quantile;
import io.loremesh.lab.report.Row;
import io.loremesh.proto.registry.v1.Artifact;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How fast a large artifact goes up and comes down, beside {@code cp} and {@code sha256sum}: what storing and checking
 * it takes without a registry. In turn, each time another artifact, since what is stored already is not stored again,
 * and each into a file that was not there: a system writes several times as fast over a file whose memory it holds
 * already.
 *
 * @param directory where the files lie meanwhile
 */
record ArtifactSpeed(MeshClients clients, Path directory, int miB) {
    private static final double SHARE = .6;
    private static final int PIECE = 1 << 20;
    private static final int ROUNDS = 3;

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    List<Row> measure() throws IOException, InterruptedException {
        double[] plain = new double[ROUNDS];
        double[] up = new double[ROUNDS];
        double[] down = new double[ROUNDS];
        Path file = directory.resolve("large.bin");
        for (int round = 0; round < ROUNDS; round++) {
            write(file, round);
            Path copy = directory.resolve("copy-%d.bin".formatted(round));
            Path fetched = directory.resolve("fetched-%d.bin".formatted(round));
            plain[round] = rate(() -> {
                run("cp", file.toString(), copy.toString());
                run("sha256sum", copy.toString());
            });
            Artifact[] stored = new Artifact[1];
            up[round] = rate(() -> stored[0] = ArtifactTransfer.upload(clients, file, "application/octet-stream"));
            down[round] = rate(() -> ArtifactTransfer.download(clients, stored[0], fetched));
        }
        double wanted = SHARE * Quantile.of(plain, .5);
        return List.of(
                row("cp and sha256sum of a file of %d MiB".formatted(miB), plain),
                row("the same as an artifact, up", up).atLeast(wanted),
                row("the same as an artifact, down", down).atLeast(wanted));
    }

    private static Row row(String measure, double[] rates) {
        return Row.of(measure, Quantile.of(rates, .5), "MiB/s").noting("median of %d rounds in turn".formatted(ROUNDS));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new Failure("`%s` ended with %d; its message is above"
                    .formatted(String.join(" ", command), process.exitValue()));
        }
    }

    private double rate(Work work) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        work.run();
        return miB / ((System.nanoTime() - begin) / 1e9);
    }

    private void write(Path file, long seed) throws IOException {
        var random = new SplittableRandom(seed);
        byte[] piece = new byte[PIECE];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < miB; i++) {
                random.nextBytes(piece);
                out.write(piece);
            }
        }
    }
}
