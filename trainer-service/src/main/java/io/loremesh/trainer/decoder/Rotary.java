package io.loremesh.trainer.decoder;

import io.loremesh.model.checkpoint.ModelConfig;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Rotary positions (arXiv:2104.09864) in Hugging Face's half-rotation convention: dimension i turns together with
 * i + headDim / 2, by position times the configuration's frequencies.
 */
final class Rotary {

    private final Tensor cosines; // [positions, headDim / 2]
    private final Tensor sines;
    private final long half;

    Rotary(ModelConfig config) {
        int pairs = config.headDim() / 2;
        int positions = config.maxPositions();
        float[] cos = new float[positions * pairs];
        float[] sin = new float[positions * pairs];
        double[] frequencies = config.rotary().frequencies(config.headDim());
        double attention = config.rotary().attentionFactor();
        for (int position = 0; position < positions; position++) {
            for (int pair = 0; pair < pairs; pair++) {
                double angle = position * frequencies[pair];
                cos[position * pairs + pair] = (float) (attention * Math.cos(angle));
                sin[position * pairs + pair] = (float) (attention * Math.sin(angle));
            }
        }
        this.half = pairs;
        this.cosines = Tensor.create(cos, positions, pairs);
        this.sines = Tensor.create(sin, positions, pairs);
    }

    /** For sequences whose tokens stand at positions 0 to {@code seq} - 1. */
    Turn upTo(long seq) {
        return new Turn(
                cosines.narrow(0, 0, seq).view(1, seq, 1, half),
                sines.narrow(0, 0, seq).view(1, seq, 1, half));
    }

    /** For tokens at the given positions, [batch * seq] row by row. */
    Turn at(long[] positions, long batch, long seq) {
        Tensor rows = Tensor.create(positions);
        return new Turn(
                cosines.index_select(0, rows).view(batch, seq, 1, half),
                sines.index_select(0, rows).view(batch, seq, 1, half));
    }

    /** The cosines and sines of each position's angles, [batch or 1, seq, 1, headDim / 2]. */
    record Turn(Tensor cosines, Tensor sines) {

        /** Turns each head of [batch, seq, heads, headDim] by its position. */
        Tensor of(Tensor x) {
            TensorVector halves = x.split(cosines.size(3), 3);
            Tensor first = halves.get(0);
            Tensor second = halves.get(1);
            return torch.cat(
                    new TensorVector(
                            first.mul(cosines).sub(second.mul(sines)),
                            second.mul(cosines).add(first.mul(sines))),
                    3);
        }
    }
}
