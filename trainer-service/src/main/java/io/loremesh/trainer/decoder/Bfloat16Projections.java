package io.loremesh.trainer.decoder;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The checkpoint's own linear layers in mixed precision (arXiv:1710.03740, with bfloat16 as in arXiv:1905.12322):
 * operands and result of each product are bfloat16, its sums are kept in fp32, and so are weights, biases and the
 * gradients of both. With a bias added, the result is fp32.
 */
public final class Bfloat16Projections implements Projections {

    private final Weights weights;

    public Bfloat16Projections(Weights weights) {
        this.weights = weights;
    }

    @Override
    public Tensor apply(String name, Tensor x) {
        Tensor weight = weights.get(name + ".weight"); // [out, in]
        Tensor product = torch.linear(x.to(torch.ScalarType.BFloat16), weight.to(torch.ScalarType.BFloat16));
        String bias = name + ".bias";
        return weights.has(bias) ? product.add(weights.get(bias)) : product;
    }
}
