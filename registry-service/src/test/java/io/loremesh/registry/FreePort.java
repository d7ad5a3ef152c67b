package io.loremesh.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A port for something that comes and goes while clients try to reach it. */
public final class FreePort {
    /** Below the ports that the system gives to clients: a client that tries again and again must not meet itself there. */
    private static final int FIRST = 20_000;

    private static final int LAST = 30_000;

    private FreePort() {}

    public static int choose() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                continue;
            } catch (IOException e) {
                throw new UncheckedIOException("no port can be had", e);
            }
        }
    }
}
