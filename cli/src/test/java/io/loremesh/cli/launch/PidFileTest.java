package io.loremesh.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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

    @Test
    @EnabledOnOs(OS.LINUX)
    void aKilledProcessThatNobodyCollectedIsNotAlive() throws Exception {
        // The shell becomes a program that never collects the child that it inherits.
        Process parent = new ProcessBuilder("sh", "-c", "sleep 60 & echo $!; exec sleep 60").start();
        try (var words = parent.inputReader()) {
            ProcessHandle child =
                    ProcessHandle.of(Long.parseLong(words.readLine())).orElseThrow();
            Path file = dir.resolve("child.pid");
            PidFile.write(file, child);
            assertThat(PidFile.read(file).orElseThrow().process()).isPresent();

            child.destroyForcibly();

            long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            while (PidFile.read(file).orElseThrow().process().isPresent() && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertThat(PidFile.read(file).orElseThrow().process()).isEmpty();
        } finally {
            parent.destroyForcibly();
        }
    }
}
