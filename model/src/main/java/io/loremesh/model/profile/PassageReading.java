package io.loremesh.model.profile;

/** How retrieved passages are put before the model. */
public enum PassageReading {
    /** All in one prompt: for a model that reads well, and for questions that need several passages together. */
    STUFF,
    /**
     * One by one; the answer with the highest evidence times confidence wins, and an abstention wins only alone. A
     * small base reads one sentence far better than four, and each answer has exactly one citation. As each passage is
     * a chance to be wrong, an answer that the model nearly refused counts as a refusal.
     */
    MAP_RERANK
}
