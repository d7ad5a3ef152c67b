package io.loremesh.lab.eval;

import io.loremesh.lab.eval.Tuned.Recalled;
import io.loremesh.lab.metric.AnswerScore;
import io.loremesh.lab.metric.Answered;
import io.loremesh.lab.report.Row;
import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Rate;
import io.loremesh.proto.registry.v1.Decision;
import io.loremesh.proto.registry.v1.GateResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * The rows of a report on fine-tunes: what was learned in each language, what was lost, how far the version moved from
 * its base.
 */
final class TuningRows {
    private static final String DRIFT = "drift";
    private static final double MOST_DRIFT = .10;
    private static final double LEAST_KEPT = .98;

    private TuningRows() {}

    static List<Row> of(List<Tuned> tuned) {
        var rows = new ArrayList<Row>();
        Map<String, List<Tuned>> groups = tuned.stream()
                .collect(Collectors.groupingBy(one -> one.tuning().label(), LinkedHashMap::new, Collectors.toList()));
        groups.forEach((label, group) -> {
            for (Recall recall : Recall.values()) {
                for (Language language : Language.values()) {
                    List<Answered> answers = answers(recall, language, group);
                    if (!answers.isEmpty()) {
                        rows.add(recalled(
                                label,
                                recall,
                                language,
                                answers,
                                group.getFirst().tuning()));
                    }
                }
            }
            rows.add(drift(label, group));
            rows.add(accepted(label, group));
        });
        return List.copyOf(rows);
    }

    private static List<Answered> answers(Recall recall, Language language, List<Tuned> group) {
        return group.stream()
                .flatMap(one -> one.answers().stream())
                .filter(one -> one.recall() == recall && one.language() == language)
                .map(Recalled::answered)
                .toList();
    }

    private static Row recalled(String label, Recall recall, Language language, List<Answered> answers, Tuning tuning) {
        String measure =
                "%s: %s, %s".formatted(label, recall.label(), language.name().toLowerCase(Locale.ROOT));
        Row share = Row.of(measure, AnswerScore.right(answers));
        Row row = recall == Recall.OLD ? share.noting(BaseRows.REPEATING) : share;
        OptionalDouble target = target(recall, tuning);
        return target.isPresent() ? row.atLeast(target.getAsDouble()) : row;
    }

    private static OptionalDouble target(Recall recall, Tuning tuning) {
        return switch (recall) {
            case HELD_OUT ->
                switch (tuning) {
                    case Tuning.Facts facts ->
                        switch (facts.count()) {
                            case 10 -> OptionalDouble.of(.98);
                            case 40 -> OptionalDouble.of(.96);
                            case 200 -> OptionalDouble.of(.90);
                            default -> OptionalDouble.empty();
                        };
                    case Tuning.Family family -> OptionalDouble.of(.90);
                };
            case TRAINED -> OptionalDouble.empty();
            case OLD, UNKNOWN, NEIGHBOUR -> OptionalDouble.of(LEAST_KEPT);
        };
    }

    /** The figure of the registry's drift gate; of several fine-tunes that of the one that moved furthest. */
    private static Row drift(String label, List<Tuned> group) {
        String measure = label + ": KL to the base";
        Row row = group.stream()
                .flatMap(one -> one.verdict().getGatesList().stream())
                .filter(gate -> gate.getGate().equals(DRIFT) && gate.hasValue())
                .max(Comparator.comparingDouble(GateResult::getValue))
                .map(gate -> row(measure, gate))
                .orElseGet(() -> unmeasured(measure));
        return (group.size() == 1 ? row : row.noting("the highest of %d fine-tunes".formatted(group.size())))
                .atMost(MOST_DRIFT);
    }

    private static Row row(String measure, GateResult gate) {
        Double low = gate.hasLow() ? gate.getLow() : null;
        Double high = gate.hasHigh() ? gate.getHigh() : null;
        return new Row(measure, gate.getValue(), "nats", gate.getN(), low, high, null, null, null, null, null);
    }

    private static Row unmeasured(String measure) {
        return new Row(measure, null, "nats", 0, null, null, null, null, null, null, "not measured");
    }

    private static Row accepted(String label, List<Tuned> group) {
        int accepted = (int) group.stream()
                .filter(one -> one.verdict().getDecision() == Decision.DECISION_ACCEPTED)
                .count();
        IntSummaryStatistics steps = group.stream().mapToInt(Tuned::steps).summaryStatistics();
        return Row.of(label + ": accepted by the gates", new Rate(accepted, group.size()))
                .noting(
                        steps.getMin() == steps.getMax()
                                ? "%d steps".formatted(steps.getMin())
                                : "%d to %d steps".formatted(steps.getMin(), steps.getMax()));
    }
}
