package io.loremesh.generator.answer;

import io.loremesh.model.profile.PassageReading;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import java.util.OptionalDouble;

/** How answers are made. */
@ConfigMapping(prefix = "loremesh.answer")
public interface AnswerConfig {
    /** Passages taken for a question at most. */
    @WithDefault("4")
    int passages();

    /**
     * STUFF puts all passages into one prompt, MAP_RERANK reads each by itself and takes the most credible answer.
     * Absent: what the base's profile tells (`loremesh.json` beside its checkpoint), else MAP_RERANK.
     */
    Optional<PassageReading> reading();

    /**
     * How likely the model may have been to begin with a refusal instead, 0 to 1, for what MAP_RERANK reads to count; 1
     * takes every answer. Absent: what the base's profile tells, else 0.02.
     */
    OptionalDouble doubt();

    /** Tokens of an answer at most, where the request names no number. */
    @WithDefault("64")
    int maxTokens();

    /** Requests worked on at a time, waiting ones included; beyond, they are refused with RESOURCE_EXHAUSTED. */
    @WithDefault("256")
    int inFlight();
}
