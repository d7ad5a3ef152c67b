package io.loremesh.lab.bench.registry;

import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.terminal.Failure;
import io.loremesh.infra.InfraProcess;
import io.loremesh.lab.bench.Quantile;
import io.loremesh.lab.report.Row;
import io.loremesh.proto.registry.v1.DiffVersionsRequest;
import io.loremesh.proto.registry.v1.KnowledgeDiff;
import io.loremesh.proto.registry.v1.Transition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * How long the comparison of two versions over a hundred thousand facts takes. To ask a model that many questions twice
 * would take hours, so the ledger's lines are written straight into the database, as evaluations would leave them.
 *
 * @param root the repository, which holds the script that writes them
 */
record LargeDiff(MeshClients clients, Path root) {
    private static final String SCRIPT = "registry-service/src/test/resources/many-facts.sql";
    private static final int FACTS = 100_000;
    private static final int TIMES = 9;

    Row measure() throws IOException {
        fill();
        double[] seconds = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            long begin = System.nanoTime();
            KnowledgeDiff diff = clients.registry()
                    .diffs()
                    .diffVersions(DiffVersionsRequest.newBuilder()
                            .setBase("models/%s/versions/1".formatted(Registrations.MODEL))
                            .setCandidate("models/%s/versions/2".formatted(Registrations.MODEL))
                            .build());
            seconds[i] = (System.nanoTime() - begin) / 1e9;
            requireAll(diff);
        }
        return Row.of("diff of two versions over %d facts, median".formatted(FACTS), Quantile.of(seconds, .5), "s")
                .atMost(1)
                .noting("%d times; its ledger was written by SQL".formatted(TIMES));
    }

    private static void requireAll(KnowledgeDiff diff) {
        int compared = diff.getTransitionsList().stream()
                .mapToInt(Transition::getCount)
                .sum();
        if (compared != FACTS) {
            throw new Failure("the diff compared %d of %d facts".formatted(compared, FACTS));
        }
    }

    private void fill() throws IOException {
        String url =
                "jdbc:postgresql://localhost:%d/%s".formatted(clients.address().postgres(), InfraProcess.DATABASE);
        String script = Files.readString(root.resolve(SCRIPT)).replace(":model", "'" + Registrations.MODEL + "'");
        try (Connection connection = DriverManager.getConnection(url, InfraProcess.DATABASE, InfraProcess.DATABASE);
                Statement statement = connection.createStatement()) {
            for (String command : script.split(";\n")) {
                statement.execute(command);
            }
        } catch (SQLException e) {
            throw new Failure("cannot fill the ledger at %s: %s".formatted(url, e.getMessage()), e);
        }
    }
}
