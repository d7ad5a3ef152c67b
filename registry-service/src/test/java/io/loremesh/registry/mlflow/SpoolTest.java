package io.loremesh.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    @TempDir
    Path dataDir;

    private Spool spool;
    private Path root;

    @BeforeEach
    void make() {
        spool = new Spool(dataDir);
        root = dataDir.resolve("spool");
    }

    @Test
    void aDirectoryIsThereForTheTimeOfItsWork() {
        Path dir = spool.within(own -> {
                    write(own.resolve("upload"), Duration.ZERO);
                    return Uni.createFrom().item(own);
                })
                .await()
                .indefinitely();
        assertThat(dir.getParent()).isEqualTo(root);
        assertThat(dir).doesNotExist();
    }

    @Test
    void workThatFailsLeavesNothing() {
        assertThatThrownBy(() -> spool.within(own -> {
                            write(own.resolve("upload"), Duration.ZERO);
                            throw new IllegalStateException("cut off");
                        })
                        .await()
                        .indefinitely())
                .hasMessage("cut off");
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void whatAProcessThatDiedLeftIsSweptAndWhatAnotherWritesToStays() throws IOException {
        Path left = Files.createDirectories(root.resolve("call-left"));
        write(left.resolve("upload"), Duration.ofDays(2));
        Files.setLastModifiedTime(left, ago(Duration.ofDays(2)));
        Path busy = Files.createDirectories(root.resolve("call-busy"));
        write(busy.resolve("upload"), Duration.ofMinutes(1));
        Files.setLastModifiedTime(busy, ago(Duration.ofDays(2)));

        spool.sweepAtStart(null);

        assertThat(left).doesNotExist();
        assertThat(busy.resolve("upload")).exists();
    }

    @Test
    void aRegistryThatWasNeverUploadedToStarts() {
        spool.sweepAtStart(null);
        assertThat(root).doesNotExist();
    }

    private static void write(Path file, Duration age) {
        try {
            Files.writeString(file, "bytes");
            Files.setLastModifiedTime(file, ago(age));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileTime ago(Duration age) {
        return FileTime.from(Instant.now().minus(age));
    }
}
