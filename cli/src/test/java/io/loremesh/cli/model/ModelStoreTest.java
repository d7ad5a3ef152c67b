package io.loremesh.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.cli.terminal.Failure;
import io.loremesh.model.checkpoint.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {
    private static final Path SHIPPED =
            Path.of(System.getProperty("loremesh.root", "..")).resolve("models/demo");

    @TempDir
    Path dir;

    private ModelStore store;

    @BeforeEach
    void open() {
        store = new ModelStore(dir.resolve("models"));
    }

    @Test
    void aCheckpointIsKeptByItsDigestAndFoundByItsName() throws IOException {
        List<Double> shares = new ArrayList<>();

        StoredModel added = store.add(SHIPPED, "toy", shares::add);

        assertThat(shares).isSorted().endsWith(1.0);
        assertThat(store.list()).containsExactly(added);
        assertThat(store.get("toy")).isEqualTo(added);
        assertThat(added.servingBytes()).isGreaterThan(added.parameters() * 4);
        try (Checkpoint base = Checkpoint.open(store.directory(added))) {
            assertThat(base.digest()).isEqualTo(added.digest());
        }
    }

    @Test
    void addedAgainItIsStillOne() throws IOException {
        store.add(SHIPPED, "toy", share -> {});
        store.add(SHIPPED, "toy", share -> {});

        assertThat(store.list()).hasSize(1);
        try (var entries = Files.list(dir.resolve("models"))) {
            assertThat(entries).hasSize(1);
        }
    }

    @Test
    void whatCannotBeServedIsRefusedAndLeavesNothing() throws IOException {
        Path broken = Files.createDirectory(dir.resolve("broken"));
        Files.copy(SHIPPED.resolve("config.json"), broken.resolve("config.json"));

        assertThatThrownBy(() -> store.add(broken, "broken", share -> {}))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("safetensors");
        assertThatThrownBy(() -> store.add(dir.resolve("absent.gguf"), "absent", share -> {}))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("absent.gguf");
        assertThatThrownBy(() -> store.add(SHIPPED, "../up", share -> {}))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("../up");
        try (var entries = Files.list(dir.resolve("models"))) {
            assertThat(entries).isEmpty();
        }
    }

    @Test
    void whatIsRemovedIsGoneAndAnUnknownNameIsToldWithTheKnownOnes() throws IOException {
        StoredModel added = store.add(SHIPPED, "toy", share -> {});
        assertThatThrownBy(() -> store.get("other"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("other")
                .hasMessageContaining("toy");

        store.remove("toy");

        assertThat(store.list()).isEmpty();
        assertThat(store.directory(added)).doesNotExist();
    }

    @Test
    void aNameIsMadeOfTheSources() {
        assertThat(ModelAddCommand.nameOf(Path.of("/x/SmolLM2-135M Instruct.Q4_1.gguf")))
                .isEqualTo("smollm2-135m-instruct.q4_1");
    }
}
