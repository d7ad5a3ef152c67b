package io.loremesh.lab.pretrain;

import io.loremesh.model.checkpoint.DType;
import io.loremesh.model.checkpoint.SafetensorsFile;
import io.loremesh.model.checkpoint.SafetensorsWriter.Named;
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

    Optimiser(Weights weights, Precision precision) {
        List<Tensor> others = new ArrayList<>();
        // By name: weights from a file stand in another order than fresh ones, and the state must fit both.
        for (String name : weights.names().stream().sorted().toList()) {
            (name.endsWith("_proj.weight") ? parameters : others).add(weights.get(name));
        }
        this.matrices = parameters.size();
        this.muon = new Muon(List.copyOf(parameters), precision);
        this.adam = new Adam(others, .9, .98, 0);
        parameters.addAll(others);
    }

    /** The order in which {@link #step} takes gradients. */
    List<Tensor> parameters() {
        return List.copyOf(parameters);
    }

    /** A copy of all that it remembers of its steps. */
    List<Named> state() {
        Adam.State moments = adam.state();
        List<Named> state = new ArrayList<>();
        state.add(flat("adam.steps", new float[] {moments.steps()}));
        add(state, "adam.mean.", moments.means());
        add(state, "adam.square.", moments.squares());
        add(state, "muon.momentum.", muon.momenta());
        return state;
    }

    /** Goes on from the {@link #state} of an optimiser of the same weights. */
    void restore(SafetensorsFile state) {
        adam.restore(new Adam.State(
                (int) state.tensor("adam.steps").toFloats()[0],
                read(state, "adam.mean."),
                read(state, "adam.square.")));
        muon.restore(read(state, "muon.momentum."));
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

    private static void add(List<Named> state, String prefix, List<float[]> values) {
        for (int i = 0; i < values.size(); i++) {
            state.add(flat(prefix + i, values.get(i)));
        }
    }

    private static Named flat(String name, float[] values) {
        return new Named(name, DType.F32, new long[] {values.length}, values);
    }

    private static List<float[]> read(SafetensorsFile state, String prefix) {
        List<float[]> values = new ArrayList<>();
        while (state.names().contains(prefix + values.size())) {
            values.add(state.tensor(prefix + values.size()).toFloats());
        }
        return values;
    }
}
