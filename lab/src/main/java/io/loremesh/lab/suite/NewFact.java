package io.loremesh.lab.suite;

import io.loremesh.lab.world.Claim;
import io.loremesh.model.answer.Language;
import java.util.List;
import java.util.Set;

/**
 * A fact that no base has heard of, for a fine-tune to learn.
 *
 * @param trained the questions that the fine-tune is given; the first is the principal one
 * @param heldOut questions that it is never given, in templates that it gives to none of the facts beside this one
 */
public record NewFact(Claim claim, List<String> trained, List<String> heldOut) {

    public NewFact {
        trained = List.copyOf(trained);
        heldOut = List.copyOf(heldOut);
        if (trained.isEmpty() || heldOut.isEmpty()) {
            throw new IllegalArgumentException("The fact about %s has %d trained and %d held-out questions; give both"
                    .formatted(claim.subject(), trained.size(), heldOut.size()));
        }
    }

    public Language language() {
        return claim.language();
    }

    public String answer() {
        return claim.value().text();
    }

    /** Its trained questions, by heart. */
    public List<Probe> trainedProbes() {
        return probes(trained);
    }

    /** Its held-out questions, by heart. */
    public List<Probe> heldOutProbes() {
        return probes(heldOut);
    }

    private List<Probe> probes(List<String> questions) {
        return questions.stream()
                .map(question -> new Probe(List.of(), question, Set.of(answer()), true))
                .toList();
    }
}
