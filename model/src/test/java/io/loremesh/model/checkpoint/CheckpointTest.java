package io.loremesh.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import io.loremesh.model.TinyBase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    private static final String DOWN = "model.layers.1.mlp.down_proj.weight";

    @TempDir
    Path dir;

    @BeforeEach
    void writeBase() throws IOException {
        TinyBase.write(dir, TinyBase.CONFIG, 7);
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        try (Checkpoint base = Checkpoint.open(dir)) {
            assertThat(base.config()).isEqualTo(TinyBase.CONFIG);
            assertThat(base.tensor(DOWN).shape()).containsExactly(32, 48);
            assertThat(base.tensor(DOWN).toFloats()).hasSize(32 * 48);
            assertThat(base.digest()).matches("sha256:[0-9a-f]{64}");
        }
    }

    @Test
    void sameFilesElsewhereHaveTheSameDigestAndOtherWeightsAnother(@TempDir Path same, @TempDir Path other)
            throws IOException {
        TinyBase.write(same, TinyBase.CONFIG, 7);
        TinyBase.write(other, TinyBase.CONFIG, 8);
        try (Checkpoint a = Checkpoint.open(dir);
                Checkpoint b = Checkpoint.open(same);
                Checkpoint c = Checkpoint.open(other)) {
            assertThat(b.digest()).isEqualTo(a.digest());
            assertThat(c.digest()).isNotEqualTo(a.digest());
        }
    }

    @Test
    void aMissingTensorIsNamed() throws IOException {
        rewrite(tensors -> tensors.stream().filter(t -> !t.name().equals(DOWN)).toList());

        assertThatThrownBy(() -> Checkpoint.open(dir))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(DOWN)
                .hasMessageContaining("missing");
    }

    @Test
    void aWrongShapeIsNamedWithBothShapes() throws IOException {
        rewrite(tensors -> tensors.stream()
                .map(t -> t.name().equals(DOWN)
                        ? new SafetensorsWriter.Named(DOWN, DType.F32, new long[] {48, 32}, t.values())
                        : t)
                .toList());

        assertThatThrownBy(() -> Checkpoint.open(dir))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(DOWN)
                .hasMessageContaining("[48, 32]")
                .hasMessageContaining("[32, 48]");
    }

    @Test
    void aTruncatedFileNamesTheTensorThatIsCutOff() throws IOException {
        Path file = dir.resolve("model.safetensors");
        byte[] all = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(all, all.length - 4));

        assertThatThrownBy(() -> Checkpoint.open(dir))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("model.norm.weight")
                .hasMessageContaining("truncated");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 0, 99_000_000, 1L << 40})
    void aHostileHeaderLengthIsRefusedBeforeItIsBelieved(long length) throws IOException {
        Path file = dir.resolve("model.safetensors");
        byte[] all = Files.readAllBytes(file);
        ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
        Files.write(file, all);

        assertThatThrownBy(() -> Checkpoint.open(dir))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("header of");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,4]}}",
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,0]}}",
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}",
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}",
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}}",
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}",
                "{\"w\":{\"dtype\":\"Q4\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                "{\"w\":{\"dtype\":\"F32\"}}",
            })
    void aHeaderThatLiesIsRefusedWithItsTensor(String header) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + 8).order(ByteOrder.LITTLE_ENDIAN);
        Path file = Files.write(
                dir.resolve("x.safetensors"),
                bytes.putLong(json.length).put(json).array());

        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("Tensor w");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1,2]", "{\"w\":", "{\"w\":1,\"w\":2}", "not json"})
    void aMalformedHeaderIsRefused(String header) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length).order(ByteOrder.LITTLE_ENDIAN);
        Path file = Files.write(
                dir.resolve("x.safetensors"),
                bytes.putLong(json.length).put(json).array());

        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("header");
    }

    @Test
    void bf16IsRoundedToNearestEven() throws IOException {
        float[] values = {1, -2.5f, 3.14159f, 1e-20f, Float.NaN};
        Path file = dir.resolve("bf16.safetensors");
        SafetensorsWriter.write(
                file, List.of(new SafetensorsWriter.Named("w", DType.BF16, new long[] {5}, values)), Map.of());

        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            float[] got = read.tensor("w").toFloats();
            assertThat(got[0]).isEqualTo(1);
            assertThat(got[1]).isEqualTo(-2.5f);
            assertThat(got[2]).isEqualTo(3.140625f);
            assertThat(got[3]).isCloseTo(1e-20f, withPercentage(.5));
            assertThat(got[4]).isNaN();
        }
    }

    private void rewrite(UnaryOperator<List<SafetensorsWriter.Named>> change) throws IOException {
        Path file = dir.resolve("model.safetensors");
        List<SafetensorsWriter.Named> tensors = new ArrayList<>();
        try (SafetensorsFile old = SafetensorsFile.open(file)) {
            for (String name : old.names()) {
                TensorView view = old.tensor(name);
                tensors.add(new SafetensorsWriter.Named(name, DType.F32, view.shape(), view.toFloats()));
            }
        }
        Path changed = dir.resolve("changed");
        SafetensorsWriter.write(changed, change.apply(tensors), Map.of());
        Files.move(changed, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
