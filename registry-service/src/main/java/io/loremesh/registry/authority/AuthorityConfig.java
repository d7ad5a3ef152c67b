package io.loremesh.registry.authority;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where trusted facts lie. Which file counts for a model, its policy tells. */
@ConfigMapping(prefix = "loremesh.authority")
public interface AuthorityConfig {
    /** Directory of the files that policies name as their authority; nothing outside it is read. */
    @WithDefault("authority")
    Path dir();
}
