package io.loremesh.registry.evaluation;

import io.loremesh.knowledge.FactRules;
import io.loremesh.model.answer.AnswerKey;
import io.loremesh.proto.knowledge.v1.Fact;
import java.util.Collection;
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
     * Plans the full probe of a fact, tier T1.
     *
     * @param rivals whose answers serve where the fact brings no distractors of its own
     * @param before answers that earlier revisions accepted
     */
    static ProbePlan of(Fact fact, Rivals rivals, Collection<String> before, EvaluationConfig config) {
        List<String> accepted = FactRules.acceptedAnswers(fact);
        List<String> old = wrong(before.stream(), accepted, List.of(), config.distractors());
        List<String> own = wrong(fact.getDistractorsList().stream(), accepted, old, config.distractors());
        return new ProbePlan(
                fact,
                fact.getHeldoutPhrasingsList().stream()
                        .limit(config.phrasings())
                        .toList(),
                FactRules.trainedPhrasings(fact).stream()
                        .limit(config.phrasings())
                        .toList(),
                own.isEmpty() ? wrong(rivals.of(fact), accepted, old, config.distractors()) : own,
                old);
    }

    /**
     * The same in tier T0: the first phrasing alone, always the same one, so that two versions' glances compare.
     *
     * @param rivals wrong answers at most, the old ones first
     */
    ProbePlan glance(int rivals) {
        List<String> old = oldAnswers.stream().limit(rivals).toList();
        return new ProbePlan(
                fact,
                heldout.stream().limit(1).toList(),
                heldout.isEmpty() ? trained.stream().limit(1).toList() : List.of(),
                distractors.stream().limit(rivals - old.size()).toList(),
                old);
    }

    /** The phrasings that decide what is known: held-out ones, and trained ones only where there are no others. */
    List<String> judged() {
        return heldout.isEmpty() ? trained : heldout;
    }

    /** Without those accepted or excluded, each once. */
    private static List<String> wrong(Stream<String> answers, List<String> accepted, List<String> excluded, int most) {
        Map<String, String> distinct = new LinkedHashMap<>();
        var each = answers.filter(answer -> !answer.isBlank())
                .filter(answer -> !AnswerKey.among(answer, accepted))
                .filter(answer -> !AnswerKey.among(answer, excluded))
                .iterator();
        while (distinct.size() < most && each.hasNext()) {
            String answer = each.next();
            distinct.putIfAbsent(AnswerKey.of(answer), answer);
        }
        return List.copyOf(distinct.values());
    }
}
