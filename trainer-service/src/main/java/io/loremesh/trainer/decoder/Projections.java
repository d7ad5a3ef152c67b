package io.loremesh.trainer.decoder;

import org.bytedeco.pytorch.Tensor;

/** The linear layers of a decoder block, by their Hugging Face name without {@code .weight}. */
@FunctionalInterface
public interface Projections {

    /** Applies layer {@code name} (say {@code model.layers.0.self_attn.q_proj}): [n, in] -> [n, out]. */
    Tensor apply(String name, Tensor x);
}
