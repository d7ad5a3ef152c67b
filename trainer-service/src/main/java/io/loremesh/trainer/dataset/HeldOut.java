package io.loremesh.trainer.dataset;

import io.loremesh.model.answer.AnswerText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The phrasings that a run must never see, compared without case, punctuation and white space: what is trained on
 * cannot tell afterwards whether a fact was learned or a sentence remembered.
 */
public final class HeldOut {

    private final Map<String, RunFact> owners = new HashMap<>(); // by normalised text

    public HeldOut(List<RunFact> facts) {
        for (RunFact fact : facts) {
            fact.heldout().forEach(text -> owners.put(AnswerText.normalise(text), fact));
        }
    }

    public boolean contains(String question) {
        return owners.containsKey(AnswerText.normalise(question));
    }

    /** @throws IllegalArgumentException if a phrasing to be trained is held out, by whichever fact */
    public void refuse(List<RunFact> trained) {
        for (RunFact fact : trained) {
            for (String text : fact.trained()) {
                RunFact owner = owners.get(AnswerText.normalise(text));
                if (owner != null) {
                    throw new IllegalArgumentException("Phrasing \"" + text + "\" of fact " + fact.id()
                            + " is held out by fact " + owner.id()
                            + ": it would be trained and could no longer measure; remove it from one of them");
                }
            }
        }
    }
}
