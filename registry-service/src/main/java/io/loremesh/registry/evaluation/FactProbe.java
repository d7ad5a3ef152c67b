package io.loremesh.registry.evaluation;

import io.loremesh.registry.evaluation.Finding.Told;
import io.loremesh.registry.version.VersionName;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The probe of one fact in one version: its phrasings answered one after the other, then weighed. */
final class FactProbe {
    private final VersionProbe probe;
    private final MarginProbe weighing;

    FactProbe(VersionProbe probe) {
        this.probe = probe;
        this.weighing = new MarginProbe(probe);
    }

    /**
     * Asks and weighs.
     *
     * @param questions that are asked now; what is known from an earlier probe is left out
     */
    Uni<Finding> ask(VersionName version, ProbePlan plan, Collection<String> questions) {
        return answers(version, questions).chain(answers -> weighing.weigh(version, plan)
                .map(margins -> Finding.of(answers).weighed(margins)));
    }

    /** Asks alone. */
    Uni<List<Told>> answers(VersionName version, Collection<String> questions) {
        return Multi.createFrom()
                .iterable(questions)
                .onItem()
                .transformToUniAndConcatenate(
                        question -> probe.answer(version, question, 0).map(answer -> Finding.told(question, answer)))
                .collect()
                .asList();
    }

    /** What one or two findings about a fact amount to; the last one weighed it. */
    static ProbedFact probed(ProbePlan plan, Finding... findings) {
        Map<String, String> answers = new HashMap<>();
        Stream.of(findings).map(Finding::byQuestion).forEach(answers::putAll);
        Finding last = findings[findings.length - 1];
        return ProbedFact.of(plan, answers, optional(last.margin()), optional(last.oldLead()));
    }

    private static OptionalDouble optional(Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
