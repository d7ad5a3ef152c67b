package io.loremesh.cli.launch;

import io.loremesh.cli.connect.MeshAddress;
import io.loremesh.cli.terminal.Failure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;

/** The ports that a mesh is about to take. */
final class Ports {
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
