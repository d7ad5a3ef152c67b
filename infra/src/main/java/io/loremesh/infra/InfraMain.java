package io.loremesh.infra;

import io.loremesh.infra.InfraOptions.Parts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The child process: starts PostgreSQL and Kafka, or one of them, prints one line of JSON with their addresses when they are
 * ready (empty: not started), and serves until it gets SIGTERM or its standard input closes. The latter also happens when the parent is killed, so no orphan stays.
 */
public final class InfraMain {
    private InfraMain() {}

    public static void main(String... args) throws Exception {
        var options = InfraOptions.parse(args);
        DataDirLock.acquire(options.dataDir());
        try (var starters = Executors.newFixedThreadPool(2)) {
            var starting = new ArrayList<Future<?>>();
            if (options.starts(Parts.POSTGRES)) {
                starting.add(starters.submit(closedAtExit(() -> PostgresServer.start(
                        options.dataDir().resolve("postgres"), options.postgresPort(), options.temporary()))));
            }
            if (options.starts(Parts.KAFKA)) {
                starting.add(starters.submit(closedAtExit(
                        () -> KafkaBroker.start(options.dataDir().resolve("kafka"), options.kafkaPort()))));
            }
            for (Future<?> part : starting) {
                part.get();
            }
        } catch (ExecutionException e) {
            System.err.printf("cannot start on %s: %s%n", options, e.getCause());
            e.getCause().printStackTrace();
            System.exit(1);
        }
        System.out.printf(
                "{\"kafka\":\"%s\",\"postgres\":\"%s\"}%n",
                address(options, Parts.KAFKA, options.kafkaPort()),
                address(options, Parts.POSTGRES, options.postgresPort()));
        awaitEndOfInput();
        System.exit(0);
    }

    private static String address(InfraOptions options, Parts part, int port) {
        return options.starts(part) ? "localhost:" + port : "";
    }

    /** Registers the part's end as soon as it runs, so that a SIGTERM halfway through the start leaves nothing behind. */
    private static <T extends AutoCloseable> Callable<T> closedAtExit(Callable<T> start) {
        return () -> {
            T part = start.call();
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> close(part)));
            return part;
        };
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            System.err.printf("%s did not stop cleanly: %s%n", part.getClass().getSimpleName(), e);
        }
    }

    private static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // What the parent says does not matter, only that it is there.
        }
    }
}
