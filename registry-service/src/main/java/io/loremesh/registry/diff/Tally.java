package io.loremesh.registry.diff;

import io.loremesh.model.statistic.McNemar;
import io.loremesh.model.statistic.Rate;
import io.loremesh.proto.registry.v1.ChangeKind;
import io.loremesh.proto.registry.v1.KnowledgeState;
import io.loremesh.proto.registry.v1.PairedTest;
import io.loremesh.proto.registry.v1.Share;
import io.loremesh.proto.registry.v1.Transition;
import io.loremesh.registry.diff.ChangeRule.Step;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The facts of two versions, counted. */
record Tally(List<Row> rows) {
    /**
     * All facts that took the same step.
     *
     * @param facts how many
     * @param paired how many of them were probed in both versions
     * @param onlyBase of those: held by the base alone
     * @param onlyCandidate of those: held by the candidate alone
     * @param both of those: held by both
     */
    record Row(Step step, int facts, int paired, int onlyBase, int onlyCandidate, int both) {}

    private record Pair(KnowledgeState before, KnowledgeState after) {}

    Tally {
        rows = List.copyOf(rows);
    }

    int count(ChangeKind kind) {
        return rows.stream()
                .filter(row -> ChangeRule.kinds(row.step()).contains(kind))
                .mapToInt(Row::facts)
                .sum();
    }

    int unchanged() {
        return rows.stream()
                .filter(row -> ChangeRule.kinds(row.step()).isEmpty())
                .mapToInt(Row::facts)
                .sum();
    }

    /** The transition matrix, without its empty cells. */
    List<Transition> transitions() {
        Map<Pair, Integer> cells = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> new Pair(row.step().before(), row.step().after()), Collectors.summingInt(Row::facts)));
        return cells.entrySet().stream()
                .sorted(Comparator.comparing(
                                (Map.Entry<Pair, Integer> cell) -> cell.getKey().before())
                        .thenComparing(cell -> cell.getKey().after()))
                .map(cell -> Transition.newBuilder()
                        .setBefore(cell.getKey().before())
                        .setAfter(cell.getKey().after())
                        .setCount(cell.getValue())
                        .build())
                .toList();
    }

    /** Empty where no fact was probed in both. */
    Optional<PairedTest> significance() {
        int n = rows.stream().mapToInt(Row::paired).sum();
        if (n == 0) {
            return Optional.empty();
        }
        int onlyBase = rows.stream().mapToInt(Row::onlyBase).sum();
        int onlyCandidate = rows.stream().mapToInt(Row::onlyCandidate).sum();
        int both = rows.stream().mapToInt(Row::both).sum();
        return Optional.of(PairedTest.newBuilder()
                .setN(n)
                .setOnlyBase(onlyBase)
                .setOnlyCandidate(onlyCandidate)
                .setPValue(McNemar.exact(onlyBase, onlyCandidate))
                .setBase(share(new Rate(both + onlyBase, n)))
                .setCandidate(share(new Rate(both + onlyCandidate, n)))
                .build());
    }

    private static Share share(Rate rate) {
        return Share.newBuilder()
                .setValue(rate.value())
                .setLow(rate.low())
                .setHigh(rate.high())
                .build();
    }
}
