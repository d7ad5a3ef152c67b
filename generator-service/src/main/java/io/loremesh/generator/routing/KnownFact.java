package io.loremesh.generator.routing;

import io.loremesh.knowledge.FactRules;
import io.loremesh.model.answer.AnswerKey;
import io.loremesh.proto.knowledge.v1.Fact;
import java.util.List;

/**
 * A fact as far as routing needs it.
 *
 * @param name `facts/{fact}`
 * @param phrasings questions that ask for it; held-out phrasings are not among them, or probing them would prove
 *     nothing
 * @param answers every spelling that counts as right
 * @param learned whether the version that this is about has learned it
 */
public record KnownFact(String name, List<String> phrasings, List<String> answers, boolean learned) {
    public KnownFact {
        phrasings = List.copyOf(phrasings);
        answers = List.copyOf(answers);
    }

    static KnownFact of(Fact fact, boolean learned) {
        return new KnownFact(
                fact.getName(), FactRules.trainedPhrasings(fact), FactRules.acceptedAnswers(fact), learned);
    }

    /** Whether an answer says the same as what was learned. */
    public boolean says(String answer) {
        return AnswerKey.among(answer, answers);
    }

    /** Whether what was learned is among what the fact accepts now; what it accepted once counts no more. */
    boolean rightBy(Fact now) {
        return AnswerKey.among(answers.getFirst(), FactRules.acceptedAnswers(now));
    }
}
