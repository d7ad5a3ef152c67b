package io.loremesh.model.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.model.TinyBase;
import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.model.checkpoint.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdapterTest {
    private static final String Q = "model.layers.0.self_attn.q_proj";

    @TempDir
    Path base;

    @TempDir
    Path dir;

    @BeforeEach
    void writeBase() throws IOException {
        TinyBase.write(base, TinyBase.CONFIG, 7);
    }

    @Test
    void whatIsWrittenIsReadWithTheSameDigest(@TempDir Path again) throws IOException {
        AdapterConfig config = new AdapterConfig(2, 4, List.of("q_proj"), "sha256:base");
        Map<String, LoraPair> pairs = Map.of(Q, pair(32, 64));
        Adapter.write(dir, config, pairs);
        Adapter.write(again, config, pairs);

        Adapter adapter = Adapter.open(dir);

        assertThat(adapter.config()).isEqualTo(config);
        assertThat(adapter.config().scaling()).isEqualTo(2);
        assertThat(adapter.pairs().get(Q)).usingRecursiveComparison().isEqualTo(pairs.get(Q));
        assertThat(adapter.digest()).isEqualTo(Adapter.open(again).digest());
    }

    @Test
    void fitsTheBaseItWasTrainedOn() throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(base)) {
            Adapter.write(
                    dir, new AdapterConfig(2, 4, List.of("q_proj"), checkpoint.digest()), Map.of(Q, pair(32, 64)));

            Adapter.open(dir).requireFits(checkpoint);
        }
    }

    @Test
    void anotherBaseIsRefusedWithBothDigests() throws IOException {
        Adapter.write(dir, new AdapterConfig(2, 4, List.of("q_proj"), "sha256:other"), Map.of(Q, pair(32, 64)));
        Adapter adapter = Adapter.open(dir);

        try (Checkpoint checkpoint = Checkpoint.open(base)) {
            assertThatThrownBy(() -> adapter.requireFits(checkpoint))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageContaining("sha256:other")
                    .hasMessageContaining(checkpoint.digest());
        }
    }

    @Test
    void aMisshapenPairIsRefusedByItsName() throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(base)) {
            Adapter.write(
                    dir, new AdapterConfig(2, 4, List.of("q_proj"), checkpoint.digest()), Map.of(Q, pair(16, 32)));
            Adapter adapter = Adapter.open(dir);

            assertThatThrownBy(() -> adapter.requireFits(checkpoint))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageContaining(Q)
                    .hasMessageContaining("[32, 16]");
        }
    }

    @Test
    void anotherRankThanTheConfigurationTellsIsRefused() throws IOException {
        Adapter.write(dir, new AdapterConfig(4, 4, List.of("q_proj"), "sha256:x"), Map.of(Q, pair(32, 64)));

        assertThatThrownBy(() -> Adapter.open(dir))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(Q)
                .hasMessageContaining("rank 4");
    }

    private static LoraPair pair(int in, int out) {
        float[] a = new float[2 * in];
        float[] b = new float[2 * out];
        for (int i = 0; i < a.length; i++) {
            a[i] = i * .01f;
        }
        for (int i = 0; i < b.length; i++) {
            b[i] = -i * .01f;
        }
        return new LoraPair(2, in, out, a, b);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"layers_to_transform\": [1]",
                "\"layers_to_transform\": 1",
                "\"exclude_modules\": [\"q_proj\"]",
                "\"exclude_modules\": \".*q_proj\"",
                "\"target_modules\": [\"v_proj\"]",
                "\"r\": 2, \"r\": 2",
            })
    void weightsThatPeftWouldLeaveOutAreRefusedByTheSetting(String setting) throws IOException {
        Adapter.write(dir, new AdapterConfig(2, 4, List.of("q_proj"), "sha256:x"), Map.of(Q, pair(32, 64)));
        Path file = dir.resolve("adapter_config.json");
        String key = setting.split("\"")[1];
        Files.writeString(file, Files.readString(file).replaceFirst("\"target_modules\".*", setting));

        assertThatThrownBy(() -> Adapter.open(dir))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(key.equals("r") ? "Duplicate field 'r'" : key);
    }

    @Test
    void aMapThatIsNotChangedHereIsRefused() throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(base)) {
            Adapter.write(
                    dir,
                    new AdapterConfig(2, 4, List.of("embed_tokens"), checkpoint.digest()),
                    Map.of("model.embed_tokens", pair(32, 272)));

            Adapter adapter = Adapter.open(dir);
            assertThatThrownBy(() -> adapter.requireFits(checkpoint))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageContaining("model.embed_tokens");
        }
    }
}
