package io.loremesh.lab.pretrain;

import io.loremesh.model.checkpoint.ModelConfig;
import io.loremesh.trainer.objective.Batch;
import java.util.List;

/**
 * The arithmetic that a step needs, forward and backward, in floating-point operations: 6 per matrix parameter and
 * token (arXiv:2204.02311, appendix B), with causal attention's half of the square, and the output layer and what the
 * last block does after its attention for the targets alone. Padding is no work.
 */
record ModelFlops(ModelConfig config) {

    double of(List<Batch> parts) {
        return parts.stream().mapToDouble(this::of).sum();
    }

    private double of(Batch part) {
        double hidden = config.hiddenSize();
        double queries = (double) config.heads() * config.headDim();
        double keys = (double) config.kvHeads() * config.headDim();
        double mixing = hidden * (queries + 2 * keys)
                + queries * part.width(); // 2 products of 2 · width / 2 multiply-adds per token and dimension
        double thinking = hidden * (queries + 3.0 * config.intermediateSize());
        double perToken = config.layers() * mixing + (config.layers() - 1) * thinking;
        double perTarget = thinking + hidden * config.vocabSize();
        return 6 * (perToken * part.tokenCount() + perTarget * part.labels().length);
    }
}
