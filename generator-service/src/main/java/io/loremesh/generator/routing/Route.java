package io.loremesh.generator.routing;

/** The way that a question takes first. */
public sealed interface Route {
    /** The version has learned this fact, and its source has not changed it since. */
    record Weights(KnownFact fact) implements Route {}

    /** The question is about something that the version has not learned, or that has changed. */
    record Retrieval() implements Route {}
}
