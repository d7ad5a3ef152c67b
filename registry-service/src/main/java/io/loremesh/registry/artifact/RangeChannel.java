package io.loremesh.registry.artifact;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/**
 * Reads bytes that lie elsewhere, a MiB at a time. Each range is asked for, taken and done with: a stream held open for
 * a client that takes its time would be cut by the server. Blocks; used by one thread at a time.
 */
final class RangeChannel implements SeekableByteChannel {
    private static final int WINDOW = 1 << 20;

    private final long size;
    private final Ranges ranges;
    private long position;
    private long start;
    private ByteBuffer window = ByteBuffer.allocate(0);
    private boolean open = true;

    /** Fetches the bytes from one position (inclusive) to another (exclusive). */
    interface Ranges {
        ByteBuffer get(long from, long to);
    }

    RangeChannel(long size, Ranges ranges) {
        this.size = size;
        this.ranges = ranges;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (!open) {
            throw new ClosedChannelException();
        }
        if (position >= size) {
            return -1;
        }
        if (position < start || position >= start + window.limit()) {
            fetch();
        }
        ByteBuffer there = window.duplicate().position((int) (position - start));
        int read = Math.min(into.remaining(), there.remaining());
        into.put(there.limit(there.position() + read));
        position += read;
        return read;
    }

    /** Fewer bytes than were asked for are a failure and not the end: the artifact would be taken for a damaged one. */
    private void fetch() throws IOException {
        long end = Math.min(size, position + WINDOW);
        ByteBuffer fetched = ranges.get(position, end);
        if (fetched.remaining() != end - position) {
            throw new IOException("%d of the bytes %d to %d came".formatted(fetched.remaining(), position, end));
        }
        window = fetched;
        start = position;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
        window = ByteBuffer.allocate(0);
    }

    @Override
    public int write(ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long newSize) {
        throw new NonWritableChannelException();
    }
}
