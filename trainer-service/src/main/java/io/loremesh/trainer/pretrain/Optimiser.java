package io.loremesh.trainer.pretrain;

import io.loremesh.trainer.decoder.Weights;
import io.loremesh.trainer.objective.Adam;
import io.loremesh.trainer.objective.Gradients;
import io.loremesh.trainer.objective.ParallelGradients;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Muon for the blocks' matrices, Adam (gradient norm at most 1) for embeddings, norms and biases. */
final class Optimiser {

    private final List<Tensor> parameters = new ArrayList<>();
    private final int matrices;
    private final Muon muon;
    private final Adam adam;

    Optimiser(Weights weights) {
        List<Tensor> others = new ArrayList<>();
        for (String name : weights.names()) {
            (name.endsWith("_proj.weight") ? parameters : others).add(weights.get(name));
        }
        this.matrices = parameters.size();
        this.muon = new Muon(List.copyOf(parameters));
        this.adam = new Adam(others, .9, .98, 0);
        parameters.addAll(others);
    }

    /** The order in which {@link #step} takes gradients. */
    List<Tensor> parameters() {
        return List.copyOf(parameters);
    }

    void step(List<Tensor> gradients, double muonRate, double adamRate, ParallelGradients workers)
            throws InterruptedException {
        muon.step(gradients.subList(0, matrices), muonRate, workers);
        List<Tensor> others = gradients.subList(matrices, gradients.size());
        try (PointerScope scope = new PointerScope()) {
            Gradients.clip(others, 1);
        }
        adam.step(others, adamRate);
    }
}
