package io.loremesh.registry.ledger;

import io.loremesh.knowledge.FactRules;
import io.loremesh.model.prompt.AnswerText;
import io.loremesh.proto.knowledge.v1.Fact;

/** When two facts say the same. */
public final class Answers {
    private Answers() {}

    /** Whether the answer of one is among those that the other accepts. */
    public static boolean agree(Fact learned, Fact current) {
        return AnswerText.exactMatch(learned.getAnswer(), FactRules.acceptedAnswers(current));
    }
}
