package io.loremesh.lab.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loremesh.model.TinyBase;
import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.trainer.decoder.Decoder;
import io.loremesh.trainer.decoder.Weights;
import io.loremesh.trainer.objective.ParallelGradients;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MuonTest {

    @TempDir
    Path directory;

    /** A gradient of singular values 100 and 1 moves both directions by about the same. */
    @ParameterizedTest
    @EnumSource
    void aSmallSingularDirectionMovesAsFarAsALargeOne(Precision precision) throws Exception {
        Tensor matrix = Tensor.create(new float[4], 2, 2);
        Muon muon = new Muon(List.of(matrix), precision);
        Tensor gradient = Tensor.create(new float[] {100, 0, 0, 1}, 2, 2);

        try (Checkpoint tiny = Checkpoint.open(TinyBase.write(directory, TinyBase.CONFIG, 11));
                ParallelGradients workers =
                        new ParallelGradients(Decoder.of(tiny.config(), Weights.of(tiny)), List.of(), 1)) {
            muon.step(List.of(gradient), 1, workers);
        }

        float[] moved = Weights.valuesOf(matrix);
        assertThat(moved[0]).isCloseTo(-1, within(.35f));
        assertThat(moved[3]).isBetween(-1.35f, -.4f);
        assertThat(moved[1]).isCloseTo(0, within(1e-4f));
    }
}
