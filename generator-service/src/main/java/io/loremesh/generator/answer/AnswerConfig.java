package io.loremesh.generator.answer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How answers are made. */
@ConfigMapping(prefix = "loremesh.answer")
public interface AnswerConfig {
    /** Passages shown to the model at most. A small base reads few sentences well and many badly. */
    @WithDefault("4")
    int passages();

    /** Tokens of an answer at most, where the request names no number. */
    @WithDefault("64")
    int maxTokens();

    /** Requests worked on at a time, waiting ones included; beyond, they are refused with RESOURCE_EXHAUSTED. */
    @WithDefault("256")
    int inFlight();
}
