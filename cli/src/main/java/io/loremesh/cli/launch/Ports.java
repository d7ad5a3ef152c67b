package io.loremesh.cli.launch;

import io.loremesh.cli.connect.MeshAddress;
import io.loremesh.cli.terminal.Failure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The ports that a mesh is about to take. */
public final class Ports {
    private static final int FIRST_FREE = 10_000;
    private static final int LAST_FREE = 32_000;
    private static final int TRIES = 100;

    private Ports() {}

    /** @throws Failure naming the first port that something else listens on, and what to do about it */
    static void requireFree(MeshAddress address) {
        of(address).forEach((part, port) -> {
            if (!isFree(port)) {
                throw new Failure(("port %d, which %s needs, is taken by another program; stop that one, or start the"
                                + " mesh on other ports with --port-base %d")
                        .formatted(port, part, address.portBase() + 1000));
            }
        });
    }

    /**
     * Ports on this machine that nothing listens on now. They lie below those that systems give to outgoing connections, so that a client
     * whose server is away cannot end up connected to itself.
     */
    public static MeshAddress findFree() {
        return ThreadLocalRandom.current()
                .ints(TRIES, FIRST_FREE, LAST_FREE)
                .mapToObj(base -> new MeshAddress("localhost", base))
                .filter(address -> of(address).values().stream().allMatch(Ports::isFree))
                .findFirst()
                .orElseThrow(
                        () -> new Failure("found no free ports between %d and %d; stop a program that listens there"
                                .formatted(FIRST_FREE, LAST_FREE)));
    }

    private static Map<String, Integer> of(MeshAddress address) {
        var ports = new LinkedHashMap<String, Integer>();
        ports.put("PostgreSQL", address.postgres());
        ports.put("Kafka", address.kafka());
        for (ServiceKind kind : ServiceKind.values()) {
            ports.put("the " + kind.id(), kind.port(address));
        }
        return ports;
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
