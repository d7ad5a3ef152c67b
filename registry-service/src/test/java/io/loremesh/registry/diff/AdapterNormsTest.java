package io.loremesh.registry.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.loremesh.model.adapter.Adapter;
import io.loremesh.model.adapter.AdapterArchive;
import io.loremesh.model.adapter.AdapterConfig;
import io.loremesh.model.adapter.LoraPair;
import io.loremesh.model.checkpoint.ModelFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterNormsTest {
    private static final String MAP = "model.layers.3.self_attn.q_proj";

    @TempDir
    Path dir;

    private byte[] archive(double alpha, LoraPair pair) throws IOException {
        Path adapter = Files.createTempDirectory(dir, "adapter");
        Adapter.write(
                adapter, new AdapterConfig(pair.rank(), alpha, List.of("q_proj"), "sha256:base"), Map.of(MAP, pair));
        var bytes = new ByteArrayOutputStream();
        AdapterArchive.pack(adapter, bytes);
        return bytes.toByteArray();
    }

    private Map<String, Double> norms(byte[] archive) throws IOException {
        Path file = Files.write(Files.createTempFile(dir, "adapter", ".tar"), archive);
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            return AdapterNorms.read(channel);
        }
    }

    @Test
    void theNormIsThatOfTheScaledProduct() throws IOException {
        // B·A = [1 0; 0 2; 1 1]·[1 2; 3 4] = [1 2; 6 8; 4 6]: 1 + 4 + 36 + 64 + 16 + 36 = 157; scaling 4 / 2.
        var pair = new LoraPair(2, 2, 3, new float[] {1, 2, 3, 4}, new float[] {1, 0, 0, 2, 1, 1});
        assertThat(norms(archive(4, pair)).get(MAP)).isCloseTo(2 * Math.sqrt(157), within(1e-9));
    }

    @Test
    void largerTensorsThanOneBlockGiveTheNormOfTheWholeProduct() throws IOException {
        int rank = 3;
        int in = 30_000;
        int out = 25_000;
        var random = new Random(7);
        var a = new float[rank * in];
        var b = new float[out * rank];
        for (int i = 0; i < a.length; i++) {
            a[i] = random.nextFloat() - 0.5f;
        }
        for (int i = 0; i < b.length; i++) {
            b[i] = random.nextFloat() - 0.5f;
        }

        double found = norms(archive(rank, new LoraPair(rank, in, out, a, b))).get(MAP);

        // The product itself, at a million of its 750 million places.
        double square = 0;
        for (int o = 0; o < out; o += 25) {
            double row = 0;
            for (int i = 0; i < in; i += 30) {
                double value = 0;
                for (int k = 0; k < rank; k++) {
                    value += (double) b[o * rank + k] * a[k * in + i];
                }
                row += value * value;
            }
            square += row * 30;
        }
        assertThat(found).isCloseTo(Math.sqrt(square * 25), within(0.03 * found));
    }

    @Test
    void aFreshAdapterChangesNothing() throws IOException {
        var pair = new LoraPair(1, 2, 2, new float[] {1, 2}, new float[] {0, 0});
        assertThat(norms(archive(16, pair)).get(MAP)).isZero();
    }

    @Test
    void modulesAreNamedByLayer() {
        var module = AdapterChanges.named(MAP).build();
        assertThat(module.getLayer()).isEqualTo(3);
        assertThat(module.getModule()).isEqualTo("self_attn.q_proj");
        assertThat(AdapterChanges.named("lm_head").hasLayer()).isFalse();
    }

    @Test
    void whatIsNoAdapterIsRefusedByName() {
        assertThatThrownBy(() -> norms("adapter of stale".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ModelFormatException.class);
        assertThatThrownBy(() -> norms(new byte[1024]))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("adapter_config.json");
    }

    @Test
    void valuesThatAreNotFiniteAreRefused() {
        var pair = new LoraPair(1, 1, 1, new float[] {Float.NaN}, new float[] {1});
        assertThatThrownBy(() -> norms(archive(1, pair)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("not finite");
    }

    @Test
    void aHeaderThatLiesIsRefusedBeforeItIsBelieved() throws IOException {
        var pair = new LoraPair(1, 2, 2, new float[] {1, 2}, new float[] {1, 1});
        byte[] honest = archive(1, pair);
        byte[] longer = replaced(honest, "[1,2]", "[1,9]");
        assertThatThrownBy(() -> norms(longer))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("the file is corrupt");

        byte[] huge = honest.clone();
        ByteBuffer.wrap(huge).order(ByteOrder.LITTLE_ENDIAN).putLong(weights(huge), Long.MAX_VALUE);
        assertThatThrownBy(() -> norms(huge))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("claims a header");
    }

    @Test
    void anArchiveCutAnywhereIsRefusedOrReadWhole() throws IOException {
        var pair = new LoraPair(1, 2, 2, new float[] {1, 2}, new float[] {1, 1});
        byte[] whole = archive(1, pair);
        double expected = norms(whole).get(MAP);
        for (int cut = 0; cut < whole.length; cut += 97) {
            byte[] part = Arrays.copyOf(whole, cut);
            try {
                assertThat(norms(part).get(MAP)).isEqualTo(expected);
            } catch (ModelFormatException | IOException refused) {
                assertThat(refused).hasMessageNotContaining("null");
            }
        }
    }

    /** Where the weights begin: the header's length, eight bytes before the first brace that names a tensor. */
    private static int weights(byte[] archive) {
        return new String(archive, StandardCharsets.ISO_8859_1).indexOf("{\"__metadata__\"") - Long.BYTES;
    }

    private static byte[] replaced(byte[] archive, String from, String to) {
        return new String(archive, StandardCharsets.ISO_8859_1)
                .replace(from, to)
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
