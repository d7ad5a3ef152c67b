package io.loremesh.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.cli.connect.MeshAddress;
import io.loremesh.cli.terminal.Failure;
import io.loremesh.cli.terminal.Terminal;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
    private static final Terminal QUIET = new Terminal(new PrintStream(OutputStream.nullOutputStream()), false);

    @TempDir
    private Path dir;

    private MeshLayout layout;
    private Process service;

    @BeforeEach
    void startAService() throws Exception {
        layout = new MeshLayout(dir, dir, MeshAddress.LOCAL);
        service = new ProcessBuilder("sleep", "600").start();
        PidFile.write(layout.pidFile("generator-service"), service.toHandle());
    }

    @AfterEach
    void stopIt() {
        service.destroyForcibly();
    }

    @Test
    void aServiceWhoseMeshWasKilledIsStopped() throws Exception {
        Process owner = new ProcessBuilder("sleep", "600").start();
        PidFile.write(layout.pidFile(RunningMesh.OWNER), owner.toHandle());
        owner.destroyForcibly().waitFor();

        Leftovers.stop(layout, QUIET);

        assertThat(service.isAlive()).isFalse();
        assertThat(layout.runDir()).isEmptyDirectory();
    }

    @Test
    void aMeshThatIsUpIsLeftAlone() throws Exception {
        PidFile.write(layout.pidFile(RunningMesh.OWNER), ProcessHandle.current());

        assertThatThrownBy(() -> Leftovers.stop(layout, QUIET))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("is up on")
                .hasMessageContaining("kill " + ProcessHandle.current().pid());
        assertThat(service.isAlive()).isTrue();
    }
}
