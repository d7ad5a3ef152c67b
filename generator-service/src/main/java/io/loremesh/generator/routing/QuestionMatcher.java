package io.loremesh.generator.routing;

import java.util.Optional;

/** Finds the fact that a question asks for. Implementations are immutable. */
public interface QuestionMatcher {
    /** A fact and how alike the question and its nearest phrasing are, 0 to 1. */
    record Match(KnownFact fact, double similarity) {}

    /** The best match that is good enough, or empty. */
    Optional<Match> match(String question);
}
