package io.loremesh.cli.launch;

import io.loremesh.cli.connect.MeshAddress;

/** The four services in the order in which they start; they stop in reverse. */
enum ServiceKind {
    RETRIEVER("retriever", 512),
    REGISTRY("registry", 256),
    GENERATOR("generator", 384),
    TRAINER("trainer", 256);

    private final String id;
    private final int heapMiB;

    ServiceKind(String id, int heapMiB) {
        this.id = id;
        this.heapMiB = heapMiB;
    }

    /** For instance {@code retriever}: the key of reports. */
    String id() {
        return id;
    }

    /** The Maven module, also the name of log and data directory. */
    String module() {
        return id + "-service";
    }

    /** Largest Java heap; models and indexes live outside it. */
    int heapMiB() {
        return heapMiB;
    }

    int port(MeshAddress address) {
        return switch (this) {
            case RETRIEVER -> address.retriever();
            case REGISTRY -> address.registry();
            case GENERATOR -> address.generator();
            case TRAINER -> address.trainer();
        };
    }
}
