package io.loremesh.infra;

import io.loremesh.infra.InfraOptions.Parts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The child process: starts PostgreSQL and Kafka, or one of them, prints one line of JSON with their addresses when
 * they are ready (empty: not started), and serves until it gets SIGTERM or its standard input closes. The latter also
 * happens when the parent is killed, so no orphan stays. Where another program has taken a port, it ends and prints
 * that instead.
 */
public final class InfraMain {
    /** Where the parts' ports lie in their span, as in that of a mesh. */
    private static final int POSTGRES = 32;

    private static final int KAFKA = 92;
    private static final int CONTROLLER = 93;

    private final InfraOptions options;
    private final int postgresPort;
    private final int kafkaPort;
    private final int controllerPort;

    private InfraMain(InfraOptions options, PortSpan free) {
        this.options = options;
        this.postgresPort = options.postgresPort() == 0 ? free.port(POSTGRES) : options.postgresPort();
        this.kafkaPort = options.kafkaPort() == 0 ? free.port(KAFKA) : options.kafkaPort();
        this.controllerPort = free.port(CONTROLLER);
    }

    public static void main(String... args) throws Exception {
        var options = InfraOptions.parse(args);
        DataDirLock.acquire(options.dataDir());
        try (PortSpan free = PortSpan.claimFree()) {
            new InfraMain(options, free).run();
        }
        System.exit(0);
    }

    private void run() throws Exception {
        try (var starters = Executors.newFixedThreadPool(2)) {
            var starting = new ArrayList<Future<?>>();
            if (options.starts(Parts.POSTGRES)) {
                // One that a killed child left may still have the port.
                InfraProcess.stopOrphan(options.dataDir());
                starting.add(starters.submit(started(this::startPostgres, postgresPort)));
            }
            if (options.starts(Parts.KAFKA)) {
                starting.add(starters.submit(started(this::startKafka, kafkaPort, controllerPort)));
            }
            for (Future<?> part : starting) {
                part.get();
            }
        } catch (ExecutionException e) {
            System.err.printf("cannot start on %s: %s%n", options, e.getCause());
            e.getCause().printStackTrace();
            if (e.getCause() instanceof PortTakenException) {
                System.out.println(e.getCause().getMessage());
            }
            System.exit(1);
        }
        System.out.printf(
                "{\"kafka\":\"%s\",\"postgres\":\"%s\"}%n",
                address(Parts.KAFKA, kafkaPort), address(Parts.POSTGRES, postgresPort));
        awaitEndOfInput();
    }

    private AutoCloseable startPostgres() throws Exception {
        return PostgresServer.start(options.dataDir().resolve("postgres"), postgresPort, options.temporary());
    }

    private AutoCloseable startKafka() throws Exception {
        return KafkaBroker.start(options.dataDir().resolve("kafka"), kafkaPort, controllerPort);
    }

    private String address(Parts part, int port) {
        return options.starts(part) ? "localhost:" + port : "";
    }

    /**
     * Registers the part's end as soon as it runs, so that a SIGTERM halfway through the start leaves nothing behind. A
     * port that is not free before the start, or after one that failed, has another program on it.
     */
    private static Callable<?> started(Callable<? extends AutoCloseable> start, int... ports) {
        return () -> {
            requireFree(ports);
            try {
                AutoCloseable part = start.call();
                Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> close(part)));
                return part;
            } catch (Exception e) {
                e.printStackTrace();
                requireFree(ports);
                throw e;
            }
        };
    }

    private static void requireFree(int... ports) {
        for (int port : ports) {
            if (!PortSpan.isFree(port)) {
                throw new PortTakenException(InfraProcess.TAKEN + port);
            }
        }
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
