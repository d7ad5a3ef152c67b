package io.loremesh.registry.evaluation;

import io.loremesh.knowledge.FactRules;
import io.loremesh.model.answer.Abstention;
import io.loremesh.model.answer.AnswerKey;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.ProbedAnswer;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What a version answered about one fact.
 *
 * @param heldout answers to held-out phrasings; may be empty
 * @param trained answers to trained phrasings; may be empty where there are held-out ones
 * @param margin mean log-probability of the answer above its best rival, nats per token; empty where it has none
 * @param oldLead mean log-probability of the best old answer above all others, nats per token; empty where none is old
 */
public record ProbedFact(
        ProbePlan plan,
        List<ProbedAnswer> heldout,
        List<ProbedAnswer> trained,
        OptionalDouble margin,
        OptionalDouble oldLead) {

    public ProbedFact {
        heldout = List.copyOf(heldout);
        trained = List.copyOf(trained);
    }

    /**
     * @param answers by question; trained phrasings that were not asked are left out
     */
    static ProbedFact of(ProbePlan plan, Map<String, String> answers, OptionalDouble margin, OptionalDouble oldLead) {
        return new ProbedFact(
                plan,
                probed(plan.fact(), plan.heldout(), true, answers),
                probed(plan.fact(), plan.trained(), false, answers),
                margin,
                oldLead);
    }

    Fact fact() {
        return plan.fact();
    }

    /** The answers that decide what is known. */
    List<ProbedAnswer> judged() {
        return heldout.isEmpty() ? trained : heldout;
    }

    List<ProbedAnswer> all() {
        return Stream.concat(heldout.stream(), trained.stream()).toList();
    }

    double accuracy() {
        return accuracy(judged());
    }

    /** Share of right answers, 0 to 1; 0 where there is none. */
    static double accuracy(List<ProbedAnswer> answers) {
        return answers.stream()
                .mapToDouble(answer -> answer.getCorrect() ? 1 : 0)
                .average()
                .orElse(0);
    }

    double abstentions() {
        return judged().stream()
                .filter(answer -> Abstention.matches(answer.getAnswer()))
                .count();
    }

    private static List<ProbedAnswer> probed(
            Fact fact, List<String> phrasings, boolean heldout, Map<String, String> answers) {
        List<String> accepted = FactRules.acceptedAnswers(fact);
        return phrasings.stream()
                .filter(answers::containsKey)
                .map(phrasing -> ProbedAnswer.newBuilder()
                        .setPhrasing(phrasing)
                        .setHeldout(heldout)
                        .setAnswer(answers.get(phrasing))
                        .setCorrect(AnswerKey.among(answers.get(phrasing), accepted))
                        .build())
                .toList();
    }
}
