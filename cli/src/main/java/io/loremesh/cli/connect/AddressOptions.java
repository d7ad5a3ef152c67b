package io.loremesh.cli.connect;

import picocli.CommandLine.Option;

/** The options of every command that talks to a running mesh. */
public final class AddressOptions {
    @Option(
            names = "--host",
            defaultValue = "${env:LOREMESH_HOST:-localhost}",
            description = "Host of the mesh (default: $LOREMESH_HOST or localhost).")
    private String host;

    @Option(
            names = "--port-base",
            defaultValue = "${env:LOREMESH_PORT_BASE:-7100}",
            description = "Ports are counted from here (default: $LOREMESH_PORT_BASE or 7100).")
    private int portBase;

    @Option(
            names = "--model",
            defaultValue = "${env:LOREMESH_MODEL:-models/demo}",
            description = "Base model, models/{model} (default: $LOREMESH_MODEL or models/demo).")
    private String model;

    public MeshAddress address() {
        return new MeshAddress(host, portBase);
    }

    public String model() {
        return model;
    }

    public MeshClients connect() {
        return new MeshClients(address());
    }
}
