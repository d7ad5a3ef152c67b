package io.loremesh.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
    @TempDir
    private Path dir;

    @Test
    void aProcessIsFoundAgain() throws Exception {
        Path file = dir.resolve("run/mesh.pid");

        PidFile.write(file, ProcessHandle.current());

        assertThat(PidFile.read(file).orElseThrow().process()).contains(ProcessHandle.current());
    }

    @Test
    void anotherProcessThatWasGivenTheSameIdIsNotTakenForIt() {
        var stale = new PidFile(ProcessHandle.current().pid(), Instant.EPOCH);

        assertThat(stale.process()).isEmpty();
    }

    @Test
    void aDamagedFileIsNoProcess() throws Exception {
        Path file = Files.writeString(dir.resolve("mesh.pid"), "12");

        assertThat(PidFile.read(file)).isEmpty();
        assertThat(PidFile.read(dir.resolve("absent.pid"))).isEmpty();
    }
}
