package io.loremesh.lab.suite;

import java.util.List;
import java.util.Set;

/**
 * One question to a model; who asks it generates the answer.
 *
 * @param passages what the prompt holds; none for a question by heart
 * @param accepted the right answers; empty where the model should abstain
 */
public record Probe(List<String> passages, String question, Set<String> accepted, boolean answerable) {

    public Probe {
        passages = List.copyOf(passages);
        accepted = Set.copyOf(accepted);
        if (answerable == accepted.isEmpty()) {
            throw new IllegalArgumentException("Probe '%s' is %s but accepts %s"
                    .formatted(question, answerable ? "answerable" : "unanswerable", accepted));
        }
    }
}
