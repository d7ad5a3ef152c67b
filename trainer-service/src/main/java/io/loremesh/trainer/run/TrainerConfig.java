package io.loremesh.trainer.run;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of the trainer. Paths are taken from the working directory unless absolute. */
@ConfigMapping(prefix = "loremesh")
public interface TrainerConfig {
    /** Where runs are kept. */
    @WithDefault(".mesh/trainer-service")
    Path dataDir();

    /** Id of the base model that this trainer holds: it serves {@code models/{id}}. */
    @WithDefault("demo")
    String modelId();

    /** The base's Hugging Face checkpoint. */
    @WithDefault("models/demo")
    Path modelDir();

    Trainer trainer();

    /** The training process and its defaults. */
    interface Trainer {
        /** Threads of the training process; 0 takes every processor. */
        @WithDefault("0")
        int threads();

        /** Heap of the training process; tensors lie outside it. */
        @WithDefault("512m")
        String heap();

        /** How long a cancelled training process may take to end before it is killed. */
        @WithDefault("3s")
        Duration stopGrace();

        /** Class path of the training process. Absent: this service's own. */
        Optional<String> classPath();

        Defaults defaults();
    }

    /** Hyperparameters of a run that asks for none. */
    interface Defaults {
        @WithDefault("8")
        int rank();

        /** Twice the rank: Biderman et al., "LoRA Learns Less and Forgets Less". */
        @WithDefault("16")
        double alpha();

        @WithDefault("0.003")
        double learningRate();

        /** Fewer take more rows each: every new fact is asked some 360 times in any run. */
        @WithDefault("800")
        int maxSteps();

        @WithDefault("7")
        long seed();
    }

    /** The defaults as one value. */
    default RunSettings defaultSettings() {
        Defaults defaults = trainer().defaults();
        return new RunSettings(
                defaults.rank(), defaults.alpha(), defaults.learningRate(), defaults.maxSteps(), defaults.seed());
    }

    /** The base's resource name. */
    default String model() {
        return "models/" + modelId();
    }
}
