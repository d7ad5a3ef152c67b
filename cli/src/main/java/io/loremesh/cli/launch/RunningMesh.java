package io.loremesh.cli.launch;

import io.loremesh.cli.connect.MeshAddress;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.infra.InfraProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A mesh on this machine: Kafka and PostgreSQL, then the services. Whatever ends this process (its own end, Ctrl-C,
 * SIGTERM) stops them all in reverse order; only a kill leaves services behind, which the next start finds and stops.
 */
public final class RunningMesh implements AutoCloseable {
    /** Name of the pid file of the process that runs the mesh. */
    static final String OWNER = "mesh";

    private final MeshLayout layout;
    private final Terminal terminal;
    /** What starts, and the Java heap of each, MiB. */
    private final Map<ServiceKind, Integer> heaps;

    private final String[] settings;
    private final Thread atExit = Thread.ofPlatform().unstarted(this::stopAll);
    private final Deque<ServiceProcess> services = new ArrayDeque<>();
    private InfraProcess infra;
    private volatile boolean stopped;
    private Duration startTime = Duration.ZERO;

    private RunningMesh(MeshLayout layout, Terminal terminal, Map<ServiceKind, Integer> heaps, String... settings) {
        this.layout = layout;
        this.terminal = terminal;
        this.heaps = heaps;
        this.settings = settings;
    }

    /** Starts all parts and returns when all are ready. Says each as it comes. */
    public static RunningMesh start(MeshLayout layout, Terminal terminal) throws IOException, InterruptedException {
        return startWith(layout, terminal, everyService());
    }

    /**
     * Like {@link #start(MeshLayout, Terminal)}, with a base of one's own.
     *
     * @param model its directory, a Hugging Face checkpoint; it is served under the configured id whatever it is called
     */
    public static RunningMesh start(MeshLayout layout, Path model, Terminal terminal)
            throws IOException, InterruptedException {
        return startWith(layout, terminal, roomForVocabulary(), ServiceProcess.modelDir(model));
    }

    /** The heaps that suit a base with a vocabulary of real size: weights stay outside, its tokenizer does not. */
    private static Map<ServiceKind, Integer> roomForVocabulary() {
        Map<ServiceKind, Integer> heaps = everyService();
        heaps.merge(ServiceKind.GENERATOR, 1024, Math::max);
        heaps.merge(ServiceKind.TRAINER, 768, Math::max);
        return heaps;
    }

    private static Map<ServiceKind, Integer> everyService() {
        var heaps = new EnumMap<ServiceKind, Integer>(ServiceKind.class);
        for (ServiceKind kind : ServiceKind.values()) {
            heaps.put(kind, kind.heapMiB());
        }
        return heaps;
    }

    private static RunningMesh startWith(
            MeshLayout layout, Terminal terminal, Map<ServiceKind, Integer> heaps, String... settings)
            throws IOException, InterruptedException {
        Leftovers.stop(layout, terminal);
        Ports.requireFree(layout.address());
        PidFile.write(layout.pidFile(OWNER), ProcessHandle.current());
        var mesh = new RunningMesh(layout, terminal, heaps, settings);
        Runtime.getRuntime().addShutdownHook(mesh.atExit);
        try {
            mesh.startAll();
            return mesh;
        } catch (IOException | InterruptedException | RuntimeException e) {
            mesh.close();
            throw e;
        }
    }

    /** Like {@link #start}, on a directory that is emptied first. */
    public static RunningMesh startFresh(MeshLayout layout, Terminal terminal)
            throws IOException, InterruptedException {
        empty(layout, terminal);
        return start(layout, terminal);
    }

    /**
     * Like {@link #startFresh(MeshLayout, Terminal)}, with a base of one's own.
     *
     * @param model its directory, a Hugging Face checkpoint; it is served under the configured id whatever it is called
     */
    public static RunningMesh startFresh(MeshLayout layout, Path model, Terminal terminal)
            throws IOException, InterruptedException {
        empty(layout, terminal);
        return startWith(layout, terminal, roomForVocabulary(), ServiceProcess.modelDir(model));
    }

    /**
     * Kafka, PostgreSQL and the registry without its neighbours, on a directory that is emptied first.
     *
     * @param heapMiB the registry's largest Java heap
     */
    public static RunningMesh startRegistryAlone(MeshLayout layout, int heapMiB, Terminal terminal)
            throws IOException, InterruptedException {
        empty(layout, terminal);
        return startWith(layout, terminal, Map.of(ServiceKind.REGISTRY, heapMiB));
    }

    private static void empty(MeshLayout layout, Terminal terminal) throws IOException, InterruptedException {
        Leftovers.stop(layout, terminal);
        layout.wipe();
    }

    private void startAll() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        startInfra();
        say(
                begin,
                "Kafka on port %d, PostgreSQL on port %d"
                        .formatted(layout.address().kafka(), layout.address().postgres()));
        for (ServiceKind kind : heaps.keySet()) {
            startService(kind);
        }
        awaitServices(begin);
        startTime = Duration.ofNanos(System.nanoTime() - begin);
    }

    private synchronized void startInfra() throws IOException {
        requireRunning();
        infra = InfraProcess.start(
                layout.infraDir(), layout.address().kafka(), layout.address().postgres());
        PidFile.write(layout.pidFile("infra"), ProcessHandle.of(infra.pid()).orElseThrow());
    }

    private synchronized void startService(ServiceKind kind) throws IOException {
        requireRunning();
        services.push(ServiceProcess.start(kind, layout, heaps.get(kind), settings));
    }

    private void requireRunning() {
        if (stopped) {
            throw new IllegalStateException("the mesh is stopping");
        }
    }

    private void awaitServices(long begin) throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var ready = new ExecutorCompletionService<Void>(threads);
            for (ServiceProcess service : services) {
                ready.submit(() -> {
                    service.awaitReady(http);
                    say(
                            begin,
                            "%s on port %d"
                                    .formatted(
                                            service.kind().module(),
                                            service.kind().port(layout.address())));
                    return null;
                });
            }
            try {
                for (int i = 0; i < services.size(); i++) {
                    await(ready.take());
                }
            } finally {
                // The first that fails is told at once, whatever the others still wait for.
                threads.shutdownNow();
            }
        }
    }

    private static void await(Future<?> ready) throws InterruptedException {
        try {
            ready.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void say(long begin, String what) {
        terminal.line("  %s %5.1f s  %s".formatted(terminal.mark(true), (System.nanoTime() - begin) / 1e9, what));
    }

    public MeshAddress address() {
        return layout.address();
    }

    /** From the first process to the last readiness. */
    public Duration startTime() {
        return startTime;
    }

    /** Blocks until a part ends, and names it where nobody asked for its end. */
    public Optional<String> awaitFirstEnd() {
        var ends = new ArrayList<CompletableFuture<String>>();
        for (ServiceProcess service : services) {
            ends.add(service.handle().onExit().thenApply(ended -> service.kind().module()));
        }
        ProcessHandle.of(infra.pid())
                .ifPresent(process -> ends.add(process.onExit().thenApply(ended -> "infra (Kafka and PostgreSQL)")));
        String ended = (String)
                CompletableFuture.anyOf(ends.toArray(CompletableFuture[]::new)).join();
        return stopped ? Optional.empty() : Optional.of(ended);
    }

    /** Resident memory of each part now, MiB; {@code total} last. */
    public Map<String, Long> residentMiB() throws IOException {
        var memory = new LinkedHashMap<String, Long>();
        for (ServiceProcess service : List.copyOf(services).reversed()) {
            memory.put(service.kind().id(), ResidentMemory.miB(service.handle()));
        }
        memory.put(
                "kafka", ProcessHandle.of(infra.pid()).map(ResidentMemory::miB).orElse(0L));
        memory.put(
                "postgresql", postmaster().map(ResidentMemory::miBWithChildren).orElse(0L));
        memory.put("total", memory.values().stream().mapToLong(Long::longValue).sum());
        return memory;
    }

    private Optional<ProcessHandle> postmaster() throws IOException {
        Path file = layout.infraDir().resolve("postgres/postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return ProcessHandle.of(
                Long.parseLong(Files.readAllLines(file).getFirst().strip()));
    }

    /** Stops all in reverse order. Safe to repeat. */
    @Override
    public void close() {
        stopAll();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook has nothing left to do.
        }
    }

    private synchronized void stopAll() {
        stopped = true;
        try {
            while (!services.isEmpty()) {
                terminal.line("  stopping " + services.peek().kind().module());
                services.pop().stop();
            }
            if (infra != null) {
                terminal.line("  stopping Kafka and PostgreSQL");
                infra.close();
                infra = null;
                Files.deleteIfExists(layout.pidFile("infra"));
            }
            Files.deleteIfExists(layout.pidFile(OWNER));
        } catch (IOException e) {
            terminal.line(terminal.bad("could not stop everything: " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
