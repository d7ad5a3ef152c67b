package io.loremesh.trainer.decoder;

import io.loremesh.model.checkpoint.ModelConfig;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Rotary positions (arXiv:2104.09864) in Hugging Face's half-rotation convention: dimension i turns together with
 * i + headDim / 2, by position * theta^(-2i / headDim).
 */
final class Rotary {

    private final Tensor cosines; // [positions, 1, headDim / 2]
    private final Tensor sines;
    private final long half;

    Rotary(ModelConfig config) {
        int pairs = config.headDim() / 2;
        int positions = config.maxPositions();
        float[] cos = new float[positions * pairs];
        float[] sin = new float[positions * pairs];
        for (int position = 0; position < positions; position++) {
            for (int pair = 0; pair < pairs; pair++) {
                double angle = position * Math.pow(config.ropeTheta(), -2.0 * pair / config.headDim());
                cos[position * pairs + pair] = (float) Math.cos(angle);
                sin[position * pairs + pair] = (float) Math.sin(angle);
            }
        }
        this.half = pairs;
        this.cosines = Tensor.create(cos, positions, 1, pairs);
        this.sines = Tensor.create(sin, positions, 1, pairs);
    }

    /** Turns each head of [batch, seq, heads, headDim] by its position. */
    Tensor turn(Tensor x, long seq) {
        Tensor cos = cosines.narrow(0, 0, seq);
        Tensor sin = sines.narrow(0, 0, seq);
        TensorVector halves = x.split(half, 3);
        Tensor first = halves.get(0);
        Tensor second = halves.get(1);
        return torch.cat(
                new TensorVector(
                        first.mul(cos).sub(second.mul(sin)), second.mul(cos).add(first.mul(sin))),
                3);
    }
}
