package io.loremesh.generator.base;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

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
}
