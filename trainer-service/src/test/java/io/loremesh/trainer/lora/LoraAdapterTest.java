package io.loremesh.trainer.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loremesh.model.adapter.Adapter;
import io.loremesh.trainer.TinyDecoder;
import io.loremesh.trainer.decoder.Decoder;
import io.loremesh.trainer.decoder.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoraAdapterTest {

    @TempDir
    Path directory;

    @Test
    void freshAdapterEqualsItsBase() throws IOException {
        TinyDecoder tiny = TinyDecoder.in(directory);
        LoraAdapter adapter = LoraAdapter.fresh(tiny.config(), tiny.weights(), 4, 8, 3);

        float[] adapted = logits(new Decoder(tiny.config(), tiny.weights(), adapter));

        assertThat(adapted).isEqualTo(logits(Decoder.of(tiny.config(), tiny.weights())));
    }

    @Test
    void aWrittenAdapterGoesOnWhereItStopped() throws IOException {
        TinyDecoder tiny = TinyDecoder.in(directory);
        LoraAdapter adapter = LoraAdapter.fresh(tiny.config(), tiny.weights(), 4, 8, 3);
        try (NoGradGuard guard = new NoGradGuard()) {
            adapter.parameters().forEach(parameter -> parameter.add_(new Scalar(.01)));
        }
        Path written = Files.createDirectory(directory.resolve("adapter"));
        adapter.write(written, "sha256:base");

        LoraAdapter read = LoraAdapter.from(Adapter.open(written), tiny.weights());

        float[] expected = logits(new Decoder(tiny.config(), tiny.weights(), adapter));
        assertThat(logits(new Decoder(tiny.config(), tiny.weights(), read))).containsExactly(expected, within(1e-6f));
        assertThat(expected).isNotEqualTo(logits(Decoder.of(tiny.config(), tiny.weights())));
    }

    private static float[] logits(Decoder decoder) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor tokens = Tensor.create(new long[] {2, 40, 41, 42, 3, 50}, 2, 3);
            return Weights.valuesOf(decoder.logits(decoder.hidden(tokens)));
        }
    }
}
