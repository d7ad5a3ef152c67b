package io.loremesh.registry.evaluation;

import io.loremesh.registry.evaluation.VersionProbe.Continuation;
import io.loremesh.registry.evaluation.VersionProbe.Score;
import io.loremesh.registry.version.VersionName;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Weighs the right answer of a fact against its rivals by the log-probabilities that a version gives them. */
final class MarginProbe {
    /**
     * @param tokens whose log-probability was asked for
     * @see ProbedFact
     */
    record Margins(OptionalDouble margin, OptionalDouble oldLead, int tokens) {}

    private final VersionProbe probe;

    MarginProbe(VersionProbe probe) {
        this.probe = probe;
    }

    Uni<Margins> weigh(VersionName version, ProbePlan plan) {
        List<String> rivals = Stream.concat(plan.oldAnswers().stream(), plan.distractors().stream())
                .toList();
        if (rivals.isEmpty()) {
            return Uni.createFrom().item(new Margins(OptionalDouble.empty(), OptionalDouble.empty(), 0));
        }
        List<String> candidates = Stream.concat(Stream.of(plan.fact().getAnswer()), rivals.stream())
                .toList();
        List<Continuation> continuations = plan.judged().stream()
                .flatMap(phrasing -> candidates.stream().map(candidate -> new Continuation(phrasing, candidate)))
                .toList();
        int old = plan.oldAnswers().size();
        return probe.score(version, continuations).map(scores -> margins(scores, candidates.size(), old));
    }

    /**
     * @param scores [phrasing × candidate] in one row; the right answer first, then the old ones, then the others
     */
    static Margins margins(List<Score> scores, int candidates, int old) {
        List<List<Score>> phrasings = IntStream.range(0, scores.size() / candidates)
                .mapToObj(i -> scores.subList(i * candidates, (i + 1) * candidates))
                .toList();
        OptionalDouble margin = phrasings.stream()
                .mapToDouble(row -> row.getFirst().mean() - max(row.subList(1, candidates)))
                .average();
        OptionalDouble oldLead = old == 0
                ? OptionalDouble.empty()
                : phrasings.stream()
                        .mapToDouble(row -> max(row.subList(1, 1 + old))
                                - Math.max(row.getFirst().mean(), max(row.subList(1 + old, candidates))))
                        .average();
        return new Margins(
                margin, oldLead, scores.stream().mapToInt(Score::tokens).sum());
    }

    private static double max(List<Score> scores) {
        return scores.stream().mapToDouble(Score::mean).max().orElse(Double.NEGATIVE_INFINITY);
    }
}
