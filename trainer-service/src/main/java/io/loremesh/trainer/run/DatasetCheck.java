package io.loremesh.trainer.run;

import io.loremesh.knowledge.FactRules;
import io.loremesh.model.answer.AnswerText;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.trainer.v1.DatasetProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What facts would be refused for. A held-out phrasing must not be trained on through any fact of the run, replayed
 * ones included: the figures measured on it would be worthless.
 */
final class DatasetCheck {
    private DatasetCheck() {}

    /** The problems of these facts together, in their order; empty where they can be trained on. */
    static List<DatasetProblem> problems(List<Fact> facts) {
        Map<String, Fact> trained = new HashMap<>();
        for (Fact fact : facts) {
            FactRules.trainedPhrasings(fact)
                    .forEach(phrasing -> trained.putIfAbsent(AnswerText.normalise(phrasing), fact));
        }
        List<DatasetProblem> problems = new ArrayList<>();
        for (Fact fact : facts) {
            FactRules.problem(fact).ifPresent(reason -> problems.add(problem(fact, reason)));
            for (String heldout : fact.getHeldoutPhrasingsList()) {
                Fact leak = trained.get(AnswerText.normalise(heldout));
                // A fact that leaks into itself is FactRules' own finding.
                if (leak != null && leak != fact) {
                    problems.add(problem(
                            fact,
                            "fact \"%s\" holds out \"%s\", which fact \"%s\" trains on; remove it from one of the two"
                                    .formatted(fact.getQuestion(), heldout, leak.getQuestion())));
                }
            }
        }
        return problems;
    }

    private static DatasetProblem problem(Fact fact, String reason) {
        return DatasetProblem.newBuilder()
                .setFact(FactRules.named(fact).getName())
                .setReason(reason)
                .build();
    }
}
