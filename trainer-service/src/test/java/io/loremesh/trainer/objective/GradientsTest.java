package io.loremesh.trainer.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loremesh.trainer.TinyDecoder;
import io.loremesh.trainer.decoder.Decoder;
import io.loremesh.trainer.decoder.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GradientsTest {

    @TempDir
    Path directory;

    private Decoder decoder;
    private List<Tensor> parameters;
    private TinyDecoder tiny;

    @BeforeEach
    void tinyDecoder() throws IOException {
        tiny = TinyDecoder.in(directory);
        Weights weights = tiny.weights().trainable();
        decoder = Decoder.of(tiny.config(), weights);
        parameters = weights.names().stream().map(weights::get).toList();
    }

    /** Along its own direction, a gradient g must change the loss by |g| per unit of length. */
    @Test
    void gradientsAgreeWithFiniteDifferences() {
        Batch batch = tiny.batch(3);
        try (PointerScope scope = new PointerScope()) {
            List<Tensor> gradients = Gradients.of(MaskedLoss.of(decoder, batch), parameters);
            double norm = Gradients.norm(gradients);
            double distance = 1e-2;

            double slope = (lossAt(distance / norm, gradients, batch) - lossAt(-distance / norm, gradients, batch))
                    / (2 * distance);

            assertThat(slope).isCloseTo(norm, within(norm * 2e-3));
        }
    }

    @Test
    void partsOnTwoThreadsGiveTheWholeBatchsGradients() throws InterruptedException {
        List<TokenSequence> sequences = TinyDecoder.sequences(6, tiny.config().vocabSize(), 5);
        try (PointerScope scope = new PointerScope();
                ParallelGradients workers = new ParallelGradients(decoder, parameters, 2)) {
            List<Tensor> whole = Gradients.of(MaskedLoss.of(decoder, Batch.of(sequences)), parameters);

            ParallelGradients.Step step = workers.of(List.of(
                    Batch.of(sequences.subList(0, 2)),
                    Batch.of(sequences.subList(2, 5)),
                    Batch.of(sequences.subList(5, 6))));

            for (int i = 0; i < whole.size(); i++) {
                assertThat(Weights.valuesOf(step.gradients().get(i)))
                        .containsExactly(Weights.valuesOf(whole.get(i)), within(1e-5f));
            }
        }
    }

    @Test
    void stepsSurviveCollections() throws InterruptedException {
        Adam adam = new Adam(parameters, .9, .99, 0);
        List<Batch> batch = List.of(tiny.batch(4));
        double first;
        double last = 0;
        try (ParallelGradients workers = new ParallelGradients(decoder, parameters, 2)) {
            first = workers.of(batch).loss();
            for (int step = 0; step < 15; step++) {
                ParallelGradients.Step result = workers.of(batch);
                System.gc();
                adam.step(result.gradients(), 5e-3);
                last = result.loss();
            }
        }
        assertThat(last).isLessThan(first / 2); // one small batch is soon known by heart
    }

    private double lossAt(double distance, List<Tensor> direction, Batch batch) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            move(direction, distance);
            double loss = MaskedLoss.of(decoder, batch).item_double();
            move(direction, -distance);
            return loss;
        }
    }

    private void move(List<Tensor> direction, double distance) {
        for (int i = 0; i < parameters.size(); i++) {
            parameters.get(i).add_(direction.get(i), new Scalar(distance));
        }
    }
}
