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

    /** Those of the passages that fit the context; that others did not is told. */
    Evidence keeping(List<ScoredPassage> fitting, int context) {
        int dropped = passages.size() - fitting.size();
        if (dropped == 0) {
            return this;
        }
        String told = "%d of %d passages do not fit the context of %d tokens beside the question and were not read"
                .formatted(dropped, passages.size(), context);
        return new Evidence(fitting, took, degraded.isEmpty() ? told : degraded + "; " + told);
    }

    Evidence only(ScoredPassage passage) {
        return new Evidence(List.of(passage), took, degraded);
    }

    List<String> texts() {
        return passages.stream().map(scored -> scored.getPassage().getText()).toList();
    }
}
