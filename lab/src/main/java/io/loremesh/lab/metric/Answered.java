package io.loremesh.lab.metric;

import io.loremesh.model.answer.Abstention;
import io.loremesh.model.answer.AnswerText;
import java.util.Set;

/**
 * A question with the answer that a model generated.
 *
 * @param accepted the right answers; of a question that cannot be answered none
 * @param answer the text generated, greedily
 */
public record Answered(Set<String> accepted, String answer) {

    public Answered {
        accepted = Set.copyOf(accepted);
    }

    public boolean answerable() {
        return !accepted.isEmpty();
    }

    public boolean abstained() {
        return Abstention.matches(answer);
    }

    /** Right: an exact match after normalisation or, where nothing is known, an abstention. */
    public boolean right() {
        return answerable() ? AnswerText.exactMatch(answer, accepted) : abstained();
    }
}
