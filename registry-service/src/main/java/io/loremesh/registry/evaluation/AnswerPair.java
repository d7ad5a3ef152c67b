package io.loremesh.registry.evaluation;

import io.loremesh.model.answer.Abstention;
import io.loremesh.model.answer.AnswerKey;

/**
 * What parent and candidate answer to the same question.
 *
 * @param before the parent's answer
 * @param after the candidate's
 */
record AnswerPair(String question, String before, String after) {
    boolean unchanged() {
        return AnswerKey.same(before, after);
    }

    boolean fabricatedBefore() {
        return !Abstention.matches(before);
    }

    boolean fabricatedAfter() {
        return !Abstention.matches(after);
    }
}
