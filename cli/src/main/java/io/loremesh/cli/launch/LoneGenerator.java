package io.loremesh.cli.launch;

import io.loremesh.cli.connect.MeshAddress;
import io.loremesh.cli.terminal.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A generator without neighbours: it serves the bare base of one directory, on free ports, and keeps nothing. Whatever
 * ends this process stops it.
 */
public final class LoneGenerator implements AutoCloseable {
    private final MeshLayout layout;
    private final Terminal terminal;
    private final Thread atExit = Thread.ofPlatform().unstarted(this::stop);
    private ServiceProcess service;
    private boolean stopped;

    private LoneGenerator(MeshLayout layout, Terminal terminal) {
        this.layout = layout;
        this.terminal = terminal;
    }

    /**
     * Starts it and returns when it is ready.
     *
     * @param model directory of the base: a Hugging Face checkpoint
     */
    public static LoneGenerator start(Path model, Terminal terminal) throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("loremesh-generator-");
        return Ports.onFree(address -> start(new MeshLayout(MeshLayout.repository(), data, address), model, terminal));
    }

    private static LoneGenerator start(MeshLayout layout, Path model, Terminal terminal)
            throws IOException, InterruptedException {
        var generator = new LoneGenerator(layout, terminal);
        Runtime.getRuntime().addShutdownHook(generator.atExit);
        try (HttpClient http = HttpClient.newHttpClient()) {
            generator.startService(model).awaitReady(http);
            return generator;
        } catch (IOException | InterruptedException | RuntimeException e) {
            generator.close();
            throw e;
        }
    }

    private synchronized ServiceProcess startService(Path model) throws IOException {
        if (stopped) {
            throw new IllegalStateException("the generator is stopping");
        }
        service = ServiceProcess.start(
                ServiceKind.GENERATOR, layout, ServiceKind.GENERATOR.heapMiB(), ServiceProcess.modelDir(model));
        return service;
    }

    /** Only the generator's port is taken; nothing listens on the others. */
    public MeshAddress address() {
        return layout.address();
    }

    /** Stops it and deletes what it wrote. */
    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook has nothing left to do.
        }
    }

    private synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        try {
            if (service != null) {
                service.stop();
            }
            layout.wipe();
        } catch (IOException | UncheckedIOException e) {
            terminal.line(terminal.bad("could not stop the generator cleanly: " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
