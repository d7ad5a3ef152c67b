package io.loremesh.trainer.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loremesh.trainer.TinyDecoder;
import io.loremesh.trainer.decoder.Decoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VisibilityTest {

    @TempDir
    Path directory;

    @Test
    void questionsSideBySideAreLearnedLikeEachOneAlone() throws IOException {
        TokenSequence together = new TokenSequence(
                new int[] {1, 20, 21, 2, 22, 3, 23, 4, 2, 24, 25, 3, 26, 4},
                new float[] {0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1},
                new int[] {0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2});
        TokenSequence first =
                new TokenSequence(new int[] {1, 20, 21, 2, 22, 3, 23, 4}, new float[] {0, 0, 0, 0, 0, 0, 1, 1});
        TokenSequence second =
                new TokenSequence(new int[] {1, 20, 21, 2, 24, 25, 3, 26, 4}, new float[] {0, 0, 0, 0, 0, 0, 0, 1, 1});

        assertThat(loss(List.of(together, second))).isCloseTo(loss(List.of(first, second, second)), within(1e-5));
    }

    @Test
    void questionsWithoutPassagesStandAtTheBeginning() throws IOException {
        TokenSequence together = new TokenSequence(
                new int[] {2, 22, 3, 23, 4, 2, 24, 3, 26, 4},
                new float[] {0, 0, 0, 1, 1, 0, 0, 0, 1, 1},
                new int[] {1, 1, 1, 1, 1, 2, 2, 2, 2, 2});
        TokenSequence first = new TokenSequence(new int[] {2, 22, 3, 23, 4}, new float[] {0, 0, 0, 1, 1});
        TokenSequence second = new TokenSequence(new int[] {2, 24, 3, 26, 4}, new float[] {0, 0, 0, 1, 1});

        assertThat(loss(List.of(together))).isCloseTo(loss(List.of(first, second)), within(1e-5));
    }

    private double loss(List<TokenSequence> sequences) throws IOException {
        TinyDecoder tiny = TinyDecoder.in(directory);
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            return MaskedLoss.of(Decoder.of(tiny.config(), tiny.weights()), Batch.of(sequences))
                    .item_double();
        }
    }
}
