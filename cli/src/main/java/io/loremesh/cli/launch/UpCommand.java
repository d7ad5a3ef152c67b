package io.loremesh.cli.launch;

import io.loremesh.cli.connect.MeshAddress;
import io.loremesh.cli.model.ModelStore;
import io.loremesh.cli.model.StoredModel;
import io.loremesh.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        description = "Start a mesh on this machine: PostgreSQL, Kafka and the four services. Ctrl-C stops it.",
        footerHeading = "%nExample:%n",
        footer = {
            "  ./mesh up",
            "  ./mesh up --data-dir /var/lib/loremesh --port-base 8100",
            "",
            "Logs are in DIR/logs. After a kill -9 of any part, `mesh up` on the same directory recovers."
        })
public final class UpCommand implements Callable<Integer> {
    @Option(names = "--data-dir", description = "Where the mesh keeps everything (default: .mesh).")
    private Path dataDir = MeshLayout.defaultDataDir();

    @Option(
            names = "--port-base",
            defaultValue = "${env:LOREMESH_PORT_BASE:-7100}",
            description = "Ports are counted from here (default: $LOREMESH_PORT_BASE or 7100).")
    private int portBase;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "Base to serve, as `./mesh model list` names it (default: the repository's models/demo).")
    private String model;

    @Override
    public Integer call() throws Exception {
        var terminal = Terminal.standard();
        var layout = new MeshLayout(MeshLayout.repository(), dataDir, new MeshAddress("localhost", portBase));
        terminal.line(terminal.bold("Starting the mesh in " + layout.dataDir()));
        try (var mesh = start(layout, terminal)) {
            terminal.line(
                    "Up after %.1f s. Ask it with `./mesh ask`, teach it with `./mesh teach`; Ctrl-C stops it.",
                    mesh.startTime().toMillis() / 1e3);
            mesh.awaitFirstEnd()
                    .ifPresent(ended -> terminal.line(
                            terminal.bad("%s ended; stopping the rest. Start again with `./mesh up`: no data is lost."
                                    .formatted(ended))));
        }
        return 1;
    }

    private RunningMesh start(MeshLayout layout, Terminal terminal) throws IOException, InterruptedException {
        if (model == null) {
            return RunningMesh.start(layout, terminal);
        }
        ModelStore store = ModelStore.local();
        StoredModel stored = store.get(model);
        terminal.line(stored.servedWith());
        return RunningMesh.start(layout, store.directory(stored), terminal);
    }
}
