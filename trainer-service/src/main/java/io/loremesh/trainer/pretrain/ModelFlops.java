package io.loremesh.trainer.pretrain;

import io.loremesh.model.checkpoint.ModelConfig;
import io.loremesh.trainer.objective.Batch;
import java.util.List;

/**
 * The arithmetic that a step needs, forward and backward, in floating-point operations: 6 per matrix parameter and token
 * (arXiv:2204.02311, appendix B), with the output layer for the targets alone and causal attention's half of the square.
 * Padding is no work.
 */
record ModelFlops(ModelConfig config) {

    double of(List<Batch> parts) {
        return parts.stream().mapToDouble(this::of).sum();
    }

    private double of(Batch part) {
        double hidden = config.hiddenSize();
        double queries = (double) config.heads() * config.headDim();
        double keys = (double) config.kvHeads() * config.headDim();
        double matrices = hidden * (2 * queries + 2 * keys + 3 * config.intermediateSize());
        double attention = queries * part.width(); // 2 products of 2 · width / 2 multiply-adds per token and dimension
        return 6 * config.layers() * (matrices + attention) * part.tokenCount()
                + 6 * hidden * config.vocabSize() * part.labels().length;
    }
}
