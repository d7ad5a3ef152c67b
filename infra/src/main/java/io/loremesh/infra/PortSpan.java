package io.loremesh.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * {@value #SIZE} ports of this machine that belong to one mesh, or one test, as long as this is open: its first port is
 * bound for that time, and who finds that port taken keeps away from the other ninety-nine, also while nothing listens
 * there.
 *
 * <p>A part that can bind port 0 and tell which it got does so. This is for those that must be told a number beforehand
 * (PostgreSQL, Kafka's controller, services that must know of each other) and for those that come and go. Programs
 * outside of this project do not know of spans: a start that finds its port taken after all is to be tried on another
 * span.
 */
public final class PortSpan implements AutoCloseable {
    public static final int SIZE = 100;

    /** Above the ports that people choose for servers. */
    private static final int FIRST = 10_000;

    /** Below those that systems give to outgoing connections: a client whose server is away must not meet itself. */
    private static final int END = 32_000;

    private final ServerSocket claim;

    private PortSpan(ServerSocket claim) {
        this.claim = claim;
    }

    /**
     * Claims a span that nobody else has.
     *
     * @throws IllegalStateException if all are taken
     */
    public static PortSpan claimFree() {
        int spans = (END - FIRST) / SIZE;
        int begin = ThreadLocalRandom.current().nextInt(spans);
        return IntStream.range(begin, begin + spans)
                .map(span -> FIRST + span % spans * SIZE)
                .mapToObj(PortSpan::tryToClaim)
                .filter(span -> span != null)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "every span of %d ports between %d and %d is taken; stop a mesh or a test that runs"
                                .formatted(SIZE, FIRST, END)));
    }

    private static PortSpan tryToClaim(int base) {
        try {
            return new PortSpan(new ServerSocket(base, 1, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            return null;
        }
    }

    /** The first port, which is bound already. */
    public int base() {
        return claim.getLocalPort();
    }

    /** @param offset 1 to 99 */
    public int port(int offset) {
        if (offset < 1 || offset >= SIZE) {
            throw new IllegalArgumentException("offset %d of a port lies outside 1 to %d".formatted(offset, SIZE - 1));
        }
        return base() + offset;
    }

    /** Whether nothing on this machine listens on a port now, whichever its address. */
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            claim.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot give back the ports from " + base(), e);
        }
    }
}
