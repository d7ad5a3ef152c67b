package io.loremesh.registry.evaluation;

import io.loremesh.knowledge.FactRules;
import io.loremesh.model.prompt.AnswerText;
import io.loremesh.proto.knowledge.v1.Fact;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a version is asked about one fact.
 *
 * @param heldout phrasings that were never trained; may be empty
 * @param trained phrasings that may have been
 * @param distractors wrong answers to weigh the right one against, the old ones not among them
 * @param oldAnswers what the fact's source said before, none of it right now
 */
public record ProbePlan(
        Fact fact, List<String> heldout, List<String> trained, List<String> distractors, List<String> oldAnswers) {
    public ProbePlan {
        heldout = List.copyOf(heldout);
        trained = List.copyOf(trained);
        distractors = List.copyOf(distractors);
        oldAnswers = List.copyOf(oldAnswers);
    }

    /**
     * Plans the probe of a fact.
     *
     * @param others facts whose answers serve where the fact brings no distractors of its own
     * @param before answers that earlier revisions accepted
     */
    static ProbePlan of(Fact fact, Collection<Fact> others, Collection<String> before, EvaluationConfig config) {
        List<String> accepted = FactRules.acceptedAnswers(fact);
        List<String> old = wrong(before.stream(), accepted, List.of())
                .limit(config.distractors())
                .toList();
        List<String> own =
                wrong(fact.getDistractorsList().stream(), accepted, old).toList();
        List<String> distractors =
                own.isEmpty() ? wrong(answersOf(fact, others), accepted, old).toList() : own;
        return new ProbePlan(
                fact,
                fact.getHeldoutPhrasingsList().stream()
                        .limit(config.phrasings())
                        .toList(),
                FactRules.trainedPhrasings(fact).stream()
                        .limit(config.phrasings())
                        .toList(),
                distractors.stream().limit(config.distractors()).toList(),
                old);
    }

    /** The phrasings that decide what is known: held-out ones, and trained ones only where there are no others. */
    List<String> judged() {
        return heldout.isEmpty() ? trained : heldout;
    }

    /** Answers of facts of the same relation first, then of the same language; in an order that is always the same. */
    private static Stream<String> answersOf(Fact fact, Collection<Fact> others) {
        return others.stream()
                .filter(other -> !other.getName().equals(fact.getName()))
                .filter(other -> other.getLanguage().equals(fact.getLanguage()))
                .sorted(Comparator.comparing((Fact other) -> !sameRelation(fact, other))
                        .thenComparing(Fact::getName))
                .map(Fact::getAnswer);
    }

    private static boolean sameRelation(Fact fact, Fact other) {
        return !fact.getRelation().isEmpty() && fact.getRelation().equals(other.getRelation());
    }

    /** Without those accepted or excluded, each once. */
    private static Stream<String> wrong(Stream<String> answers, List<String> accepted, List<String> excluded) {
        Map<String, String> distinct = new LinkedHashMap<>();
        answers.filter(answer -> !answer.isBlank())
                .filter(answer -> !AnswerText.exactMatch(answer, accepted))
                .filter(answer -> !AnswerText.exactMatch(answer, excluded))
                .forEach(answer -> distinct.putIfAbsent(AnswerText.normalise(answer), answer));
        return distinct.values().stream();
    }
}
