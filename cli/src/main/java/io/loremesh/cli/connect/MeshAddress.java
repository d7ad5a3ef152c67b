package io.loremesh.cli.connect;

import io.loremesh.cli.terminal.Failure;

/**
 * Where a mesh listens: one host, and ports counted from a base, so that a second mesh on the same machine needs one
 * number.
 *
 * @param portBase the retriever listens on portBase + 1, the generator on + 2, the trainer on + 3, the registry on + 4,
 *     PostgreSQL on + 32, Kafka on + 92
 */
public record MeshAddress(String host, int portBase) {
    /** Ports 7101 to 7104, 7132 and 7192. */
    public static final int DEFAULT_PORT_BASE = 7100;

    public static final MeshAddress LOCAL = new MeshAddress("localhost", DEFAULT_PORT_BASE);

    public MeshAddress {
        if (host.isBlank()) {
            throw new Failure("the mesh's host is empty; leave it out for localhost");
        }
        if (portBase < 1024 || portBase > 65_000) {
            throw new Failure("port base %d lies outside 1024 to 65000; 7100 is usual".formatted(portBase));
        }
    }

    public int retriever() {
        return portBase + 1;
    }

    public int generator() {
        return portBase + 2;
    }

    public int trainer() {
        return portBase + 3;
    }

    public int registry() {
        return portBase + 4;
    }

    public int postgres() {
        return portBase + 32;
    }

    public int kafka() {
        return portBase + 92;
    }

    public String kafkaBootstrap() {
        return host + ":" + kafka();
    }
}
