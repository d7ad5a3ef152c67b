package io.loremesh.trainer.run;

import io.loremesh.model.profile.BaseProfile;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

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

        /**
         * Jars that bring along what bases' profiles name as their practice, as a class path; the training process gets
         * them too.
         */
        Optional<String> practices();

        Defaults defaults();
    }

    /** Hyperparameters of a run that asks for none. */
    interface Defaults {
        @WithDefault("8")
        int rank();

        /** Twice the rank: Biderman et al., "LoRA Learns Less and Forgets Less". */
        @WithDefault("16")
        double alpha();

        /** Absent: what the base's profile tells (`loremesh.json` beside its checkpoint), else 0.0006. */
        OptionalDouble learningRate();

        /**
         * Fewer take more rows each: every new fact is asked as often in any run as the base's profile tells, else 100
         * times.
         */
        @WithDefault("800")
        int maxSteps();

        @WithDefault("7")
        long seed();
    }

    /** The defaults as one value. @param profile of the base */
    default RunSettings defaultSettings(BaseProfile profile) {
        Defaults defaults = trainer().defaults();
        return new RunSettings(
                defaults.rank(),
                defaults.alpha(),
                defaults.learningRate().orElse(profile.rate()),
                defaults.maxSteps(),
                defaults.seed());
    }

    /** The base's resource name. */
    default String model() {
        return "models/" + modelId();
    }
}
