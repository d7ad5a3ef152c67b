package io.loremesh.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One process per data directory. The operating system lets the lock go with the process, however that ends. */
final class DataDirLock {
    /** A predecessor that just lost its parent is given this long to stop. */
    private static final int PATIENCE_SECONDS = 20;

    private DataDirLock() {}

    /** Takes the lock and keeps it for as long as this process lives. */
    static FileLock acquire(Path dataDir) throws IOException, InterruptedException {
        Files.createDirectories(dataDir);
        var channel =
                FileChannel.open(dataDir.resolve("infra.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            return CompletableFuture.supplyAsync(() -> lock(channel)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException(
                    "data directory %s is in use by another mesh; stop that one or choose another directory"
                            .formatted(dataDir),
                    e);
        } catch (ExecutionException e) {
            throw new IOException("cannot lock data directory " + dataDir, e.getCause());
        }
    }

    private static FileLock lock(FileChannel channel) {
        try {
            return channel.lock();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
