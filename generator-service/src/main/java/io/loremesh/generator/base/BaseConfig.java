package io.loremesh.generator.base;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Which base model this generator serves, and where it keeps what it fetches. */
@ConfigMapping(prefix = "loremesh")
public interface BaseConfig {
    /** Directory of the base model: a Hugging Face checkpoint (config.json, *.safetensors, tokenizer.json). */
    @WithDefault("models/demo")
    Path modelDir();

    /** Resource name of the base model in the registry, `models/{model}`. */
    @WithDefault("models/demo")
    String model();

    /** Directory of what is fetched and can be fetched again, the adapters. */
    @WithDefault(".mesh/generator")
    Path dataDir();

    /** How long a download from the registry may be silent before it is given up. */
    @WithDefault("30s")
    Duration downloadPatience();

    /** How long a download from the registry may take before it is given up. */
    @WithDefault("1800s")
    Duration downloadLimit();
}
