package io.loremesh.infra;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** A PostgreSQL server with one role and one database, both named {@code loremesh}. */
final class PostgresServer implements AutoCloseable {
    private final EmbeddedPostgres postgres;

    private PostgresServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    static PostgresServer start(Path dir, int port, boolean temporary) throws IOException, SQLException {
        // The library switches these off, which is right for a test and loses data of a mesh that is kept.
        String durable = temporary ? "off" : "on";
        var postgres = EmbeddedPostgres.builder()
                .setDataDirectory(dir)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setPort(port)
                .setServerConfig("fsync", durable)
                .setServerConfig("full_page_writes", durable)
                .setServerConfig("synchronous_commit", durable)
                .setServerConfig("max_connections", "64")
                .setServerConfig("shared_buffers", "32MB")
                .setServerConfig("jit", "off")
                // Its password is no secret: this machine alone.
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setErrorRedirector(ProcessBuilder.Redirect.INHERIT)
                .setOutputRedirector(ProcessBuilder.Redirect.to(
                        dir.resolveSibling("postgres.log").toFile()))
                .start();
        try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
            createOnce(
                    connection,
                    "SELECT 1 FROM pg_roles WHERE rolname = 'loremesh'",
                    "CREATE ROLE loremesh LOGIN PASSWORD 'loremesh'");
            createOnce(
                    connection,
                    "SELECT 1 FROM pg_database WHERE datname = 'loremesh'",
                    "CREATE DATABASE loremesh OWNER loremesh");
        }
        return new PostgresServer(postgres);
    }

    private static void createOnce(Connection connection, String query, String command) throws SQLException {
        try (var statement = connection.createStatement()) {
            boolean exists;
            try (var found = statement.executeQuery(query)) {
                exists = found.next();
            }
            if (!exists) {
                statement.execute(command);
            }
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
