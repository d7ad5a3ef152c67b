package io.loremesh.registry.drift;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the active version is watched. How far it may drift is what the policy's drift gate says. */
@ConfigMapping(prefix = "loremesh.drift")
public interface DriftConfig {
    /** Whether active versions are measured. */
    @WithDefault("true")
    boolean enabled();

    /** From one measurement of a version to the next, and the longest that one may take. */
    @WithDefault("5m")
    Duration interval();

    /** How long a version is active before its baseline is taken: whoever waited for it asks first. */
    @WithDefault("30s")
    Duration calm();

    /** Requests to the generator at a time: few, for users come first. */
    @WithDefault("1")
    int inFlight();

    /** Facts that the version had learned and that it is asked at each measurement, at most. */
    @WithDefault("40")
    int learnedFacts();

    /**
     * Users' questions that are asked again at each measurement, at most, of those that the weights answered and of the
     * rest each.
     */
    @WithDefault("40")
    int liveQuestions();

    /** Users' questions below which a figure over them is shown and judges nothing. */
    @WithDefault("20")
    int leastLive();

    /** Time in which each replica keeps one live answer at most. */
    @WithDefault("500ms")
    Duration sampleEvery();

    /** How long a live answer is kept. */
    @WithDefault("24h")
    Duration keepLive();

    /** How long a measurement is kept; what it rolled back stays in the history of the alias and in the audit log. */
    @WithDefault("90d")
    Duration keepSeries();
}
