package io.loremesh.registry.artifact;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A file that grows at its end and knows the digest of all that it holds, without being read again; what was written
 * goes to the disk while more comes, so that little is left to wait for at the end. Blocks; used by one thread at a
 * time, but may be closed by another.
 */
final class GrowingFile implements AutoCloseable {
    private static final int PIECE = 1 << 16;
    private static final long FLUSHED_AT_ONCE = 64L << 20;

    private final FileChannel file;
    private final MessageDigest hash = ContentDigest.newHash();
    private long unflushed;
    private FutureTask<Void> flush;

    private GrowingFile(FileChannel file) {
        this.file = file;
    }

    static GrowingFile open(Path path) throws IOException {
        return new GrowingFile(FileChannel.open(path, CREATE, READ, WRITE));
    }

    long size() throws IOException {
        return file.size();
    }

    /** Cuts the file and goes on from there. Once, before the first byte is written. */
    void continueFrom(long offset) throws IOException {
        file.truncate(offset).position(0);
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        while (file.read(piece) >= 0) {
            hash.update(piece.flip());
            piece.clear();
        }
    }

    void write(ByteBuffer data) throws IOException {
        hash.update(data.duplicate());
        unflushed += data.remaining();
        while (data.hasRemaining()) {
            file.write(data);
        }
        if (unflushed >= FLUSHED_AT_ONCE && (flush == null || flush.isDone())) {
            awaitFlush();
            unflushed = 0;
            flush = new FutureTask<>(() -> {
                file.force(false);
                return null;
            });
            Thread.ofPlatform().name("artifact-flush").daemon().start(flush);
        }
    }

    /** Of all that the file holds. Once, after the last byte was written. */
    ContentDigest digest() {
        return ContentDigest.of(hash);
    }

    /** Returns when the disk has it all. */
    void force() throws IOException {
        awaitFlush();
        file.force(true);
    }

    /** The system tells of a write that failed once only, whoever asks first: nobody may miss it. */
    private void awaitFlush() throws IOException {
        try {
            if (flush != null) {
                flush.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("the disk did not take what was written", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the disk took what was written", e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
