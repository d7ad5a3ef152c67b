package io.loremesh.retriever.index;

import java.time.Instant;
import java.util.Optional;

/**
 * What the index holds.
 *
 * @param passages that can be found; superseded ones are not counted
 * @param sizeBytes on disk
 * @param lastUpdate when the last event was applied
 */
public record IndexSummary(long passages, long documents, long facts, long sizeBytes, Optional<Instant> lastUpdate) {}
