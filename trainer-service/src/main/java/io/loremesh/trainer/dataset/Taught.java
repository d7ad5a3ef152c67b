package io.loremesh.trainer.dataset;

import io.loremesh.model.answer.AnswerText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a run is about.
 *
 * @param facts to be learned
 * @param oldFacts learned before, and not to be lost
 * @param heldOut what must never be asked in training
 */
public record Taught(List<RunFact> facts, List<RunFact> oldFacts, HeldOut heldOut) {

    public Taught {
        facts = List.copyOf(facts);
        oldFacts = List.copyOf(oldFacts);
    }

    /** Facts as they are given, unchecked. */
    public static Taught of(List<RunFact> facts, List<RunFact> oldFacts) {
        return new Taught(
                facts,
                oldFacts,
                new HeldOut(Stream.concat(facts.stream(), oldFacts.stream()).toList()));
    }

    /**
     * What the run teaches, without the old facts that it answers differently.
     *
     * @throws IllegalArgumentException if a phrasing to be trained is held out, or two facts contradict each other; it
     *     names both
     */
    public static Taught of(RunSpec spec) {
        Taught taught = of(spec.facts(), stillTrue(spec));
        taught.heldOut.refuse(taught.all());
        refuseContradictions(taught.facts);
        return taught;
    }

    /** The new facts, then the old ones. */
    public List<RunFact> all() {
        return Stream.concat(facts.stream(), oldFacts.stream()).toList();
    }

    /**
     * The parent's facts without those that a new one answers differently: a replayed old answer would fight the new.
     */
    private static List<RunFact> stillTrue(RunSpec spec) {
        Set<String> renewed = spec.facts().stream()
                .flatMap(fact -> fact.trained().stream())
                .map(AnswerText::normalise)
                .collect(Collectors.toSet());
        return spec.oldFacts().stream()
                .filter(fact ->
                        fact.trained().stream().map(AnswerText::normalise).noneMatch(renewed::contains))
                .toList();
    }

    private static void refuseContradictions(List<RunFact> facts) {
        Map<String, RunFact> asked = new HashMap<>();
        for (RunFact fact : facts) {
            for (String text : fact.trained()) {
                RunFact other = asked.putIfAbsent(AnswerText.normalise(text), fact);
                if (other != null
                        && !AnswerText.normalise(other.answer()).equals(AnswerText.normalise(fact.answer()))) {
                    throw new IllegalArgumentException(
                            "Facts " + other.id() + " and " + fact.id() + " both ask \"" + text
                                    + "\" but answer \"" + other.answer() + "\" and \"" + fact.answer()
                                    + "\"; give the run only the one that holds");
                }
            }
        }
    }
}
