package io.loremesh.generator.answer;

import io.loremesh.proto.retriever.v1.ScoredPassage;
import java.time.Duration;
import java.util.List;

/**
 * What the retriever gave for a question.
 *
 * @param passages best first
 * @param degraded what was missing, in words; empty when all was well
 */
record Evidence(List<ScoredPassage> passages, Duration took, String degraded) {
    static final Evidence NONE = new Evidence(List.of(), Duration.ZERO, "");

    Evidence first(int count) {
        return new Evidence(passages.subList(0, count), took, degraded);
    }

    List<String> texts() {
        return passages.stream().map(scored -> scored.getPassage().getText()).toList();
    }
}
