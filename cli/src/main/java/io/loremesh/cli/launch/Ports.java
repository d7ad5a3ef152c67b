package io.loremesh.cli.launch;

import io.loremesh.cli.connect.MeshAddress;
import io.loremesh.infra.PortSpan;
import io.loremesh.infra.PortTakenException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The ports that a mesh is about to take. */
public final class Ports {
    private static final int TRIES = 5;

    /** Held to the end of this process: what it started may come and go. */
    private static final Queue<PortSpan> HELD = new ConcurrentLinkedQueue<>();

    private Ports() {}

    /** Starts something that listens there. */
    public interface Start<T> {
        /** @throws PortTakenException where another program has one of its ports */
        T on(MeshAddress address) throws IOException, InterruptedException;
    }

    /**
     * Starts something on ports of this machine that are its own, and on others where another program was faster.
     *
     * @throws PortTakenException if that happens again and again
     */
    public static <T> T onFree(Start<T> start) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            PortSpan span = PortSpan.claimFree();
            HELD.add(span);
            try {
                return start.on(new MeshAddress("localhost", span.base()));
            } catch (PortTakenException taken) {
                if (attempt == TRIES) {
                    throw taken;
                }
            }
        }
    }

    /** @throws PortTakenException naming the first port that something else listens on, and what to do about it */
    static void requireFree(MeshAddress address) {
        of(address).forEach((part, port) -> requireFree(address, part, port));
    }

    static void requireFree(MeshAddress address, String part, int port) {
        if (!PortSpan.isFree(port)) {
            throw new PortTakenException(
                    ("port %d, which %s needs, is taken by another program; stop that one, or start the"
                                    + " mesh on other ports with --port-base %d")
                            .formatted(port, part, address.portBase() + 1000));
        }
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
}
