package io.loremesh.cli.launch;

import io.loremesh.cli.connect.MeshAddress;
import io.loremesh.cli.terminal.FileTree;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Where a mesh on this machine keeps its files.
 *
 * @param root the repository, which holds the built services
 * @param dataDir everything that the mesh writes
 * @param address ports; the host is this machine
 */
public record MeshLayout(Path root, Path dataDir, MeshAddress address) {
    public MeshLayout {
        root = root.toAbsolutePath().normalize();
        dataDir = dataDir.toAbsolutePath().normalize();
    }

    /** The repository that this command was started from ({@code ./mesh} sets it). */
    public static Path repository() {
        return Path.of(System.getProperty("loremesh.root", "")).toAbsolutePath().normalize();
    }

    /** Where a mesh keeps its data unless told otherwise. */
    static Path defaultDataDir() {
        return repository().resolve(".mesh");
    }

    Path infraDir() {
        return dataDir.resolve("infra");
    }

    Path serviceDir(ServiceKind kind) {
        return dataDir.resolve(kind.module());
    }

    Path log(ServiceKind kind) {
        return dataDir.resolve("logs").resolve(kind.module() + ".log");
    }

    /** Process ids of what runs on this data directory. */
    Path runDir() {
        return dataDir.resolve("run");
    }

    Path pidFile(String name) {
        return runDir().resolve(name + ".pid");
    }

    Path runner(ServiceKind kind) {
        return root.resolve(kind.module()).resolve("target/quarkus-app/quarkus-run.jar");
    }

    /** Deletes everything that the mesh wrote here. */
    public void wipe() throws IOException {
        FileTree.delete(dataDir);
    }
}
