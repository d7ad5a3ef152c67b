package io.loremesh.trainer.decoder;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The checkpoint's own linear layers: x Wᵀ + b, where a bias exists. */
public final class PlainProjections implements Projections {

    private final Weights weights;

    public PlainProjections(Weights weights) {
        this.weights = weights;
    }

    @Override
    public Tensor apply(String name, Tensor x) {
        Tensor weight = weights.get(name + ".weight"); // [out, in]
        String bias = name + ".bias";
        return weights.has(bias) ? torch.linear(x, weight, weights.get(bias)) : torch.linear(x, weight);
    }
}
