package io.loremesh.generator.screening;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How this generator follows the model's policy. What is masked or blocked, the policy says. */
@ConfigMapping(prefix = "loremesh.screening")
public interface ScreeningConfig {
    /** How often the registry is asked for the policy: a changed one screens answers after this long. */
    @WithDefault("10s")
    Duration refresh();
}
