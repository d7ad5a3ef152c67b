package io.loremesh.generator.base;

import io.loremesh.generator.inference.EngineLimits;
import io.loremesh.model.checkpoint.ModelConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** The sizes of the inference engine. */
@ConfigMapping(prefix = "loremesh.inference")
public interface InferenceConfig {
    /** Sequences decoded at a time. Each takes its part of the KV cache, which is allocated at start. */
    @WithDefault("8")
    int rows();

    /** Tokens in a sequence at most, prompt and answer together; the model's own limit where that is lower. */
    @WithDefault("1024")
    int context();

    /** Requests that may wait for a row; beyond, they are refused with RESOURCE_EXHAUSTED. */
    @WithDefault("128")
    int queue();

    /**
     * Tokens of a prompt run between two decoding steps. Smaller keeps other answers flowing, larger reads prompts
     * faster.
     */
    @WithDefault("128")
    int prefillSlice();

    /**
     * Threads that one step may use. Default: one for a small model, else the processors of this machine, at most 4.
     */
    OptionalInt threads();

    /** How long running answers may go on when the process is asked to stop. */
    @WithDefault("15s")
    Duration drain();

    /** The limits for one model. */
    default EngineLimits limits(ModelConfig model) {
        // Handing a small model's short products to a second thread takes longer than computing them.
        int useful =
                model.hiddenSize() < 512 ? 1 : Math.min(4, Runtime.getRuntime().availableProcessors());
        int threads = threads().orElse(useful);
        return new EngineLimits(rows(), Math.min(context(), model.maxPositions()), queue(), prefillSlice(), threads);
    }
}
