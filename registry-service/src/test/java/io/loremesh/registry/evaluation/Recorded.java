package io.loremesh.registry.evaluation;

import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.ProbeTier;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/** Recorded answers for the tests of rules and gates. */
final class Recorded {
    private Recorded() {}

    /** A fact with four held-out phrasings. */
    static Fact fact(String id, String answer) {
        return Fact.newBuilder()
                .setName("facts/" + id)
                .setQuestion(id + "?")
                .addAllHeldoutPhrasings(List.of(id + " a?", id + " b?", id + " c?", id + " d?"))
                .setAnswer(answer)
                .build();
    }

    static ProbePlan plan(Fact fact, String... oldAnswers) {
        return new ProbePlan(
                fact,
                fact.getHeldoutPhrasingsList(),
                List.of(fact.getQuestion()),
                List.of("other"),
                List.of(oldAnswers));
    }

    /** The answers to the held-out phrasings, in order; the trained phrasing is answered right. */
    static ProbedFact probed(ProbePlan plan, double margin, double oldLead, String... answers) {
        Map<String, String> byQuestion = new HashMap<>();
        for (int i = 0; i < answers.length; i++) {
            byQuestion.put(plan.heldout().get(i), answers[i]);
        }
        byQuestion.put(plan.fact().getQuestion(), plan.fact().getAnswer());
        OptionalDouble lead = plan.oldAnswers().isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(oldLead);
        return ProbedFact.of(plan, byQuestion, OptionalDouble.of(margin), lead);
    }

    static JudgedFact judged(String id, String answer, String... answers) {
        var probed = probed(plan(fact(id, answer)), 1, 0, answers);
        return JudgedFact.of(probed, StateRule.Past.NEVER_LEARNED, ProbeTier.PROBE_TIER_T1);
    }

    static Measurements measurements(JudgedFact... facts) {
        var byName = new TreeMap<String, JudgedFact>();
        for (JudgedFact fact : facts) {
            byName.put(fact.probed().fact().getName(), fact);
        }
        return new Measurements(
                "models/demo",
                byName,
                Set.copyOf(byName.keySet()),
                0,
                Map.of(),
                List.of(),
                List.of(new AnswerPair("who is nobody?", "unknown", "unknown")),
                List.of(Duration.ofMillis(20)),
                List.of(new double[] {0.01, 0.03}),
                Map.of());
    }
}
