package io.loremesh.registry.drift;

import io.loremesh.model.answer.AnswerKey;
import io.loremesh.proto.registry.v1.DriftKind;
import io.loremesh.registry.evaluation.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One thing that was measured.
 *
 * @param value nats per token, or a share
 * @param baseline the same at promotion
 * @param n questions
 */
record Figure(DriftKind kind, double value, double baseline, int n, Interval interval) {
    /** What was said once and is said now to the same question. */
    record Replay(String then, String now) {
        boolean changed() {
            return !AnswerKey.same(then, now);
        }
    }

    /** Over what users asked; else over the fixed probes. */
    static boolean isLive(DriftKind kind) {
        return switch (kind) {
            case DRIFT_KIND_LIVE_DIVERGENCE, DRIFT_KIND_LIVE_CHANGE -> true;
            case DRIFT_KIND_PROBE_DIVERGENCE, DRIFT_KIND_PROBE_CHANGE, DRIFT_KIND_UNSPECIFIED, UNRECOGNIZED -> false;
        };
    }

    /** Mean over all tokens, as the drift gate has it; empty where nothing was said. */
    static Optional<Figure> divergence(DriftKind kind, List<double[]> perQuestion, double baseline) {
        double[] tokens = perQuestion.stream().flatMapToDouble(Arrays::stream).toArray();
        if (tokens.length == 0) {
            return Optional.empty();
        }
        Interval interval = Interval.mean(tokens);
        return Optional.of(new Figure(
                kind,
                mean(perQuestion),
                baseline,
                perQuestion.size(),
                // The normal approximation does not know that no divergence is negative.
                new Interval(Math.max(0, interval.low()), Math.max(0, interval.high()))));
    }

    static Optional<Figure> change(DriftKind kind, List<Replay> replays) {
        if (replays.isEmpty()) {
            return Optional.empty();
        }
        double share = (double) replays.stream().filter(Replay::changed).count() / replays.size();
        return Optional.of(new Figure(kind, share, 0, replays.size(), Interval.wilson(share, replays.size())));
    }

    /** Of all tokens, nats; NaN of none. */
    static double mean(List<double[]> perQuestion) {
        return perQuestion.stream().flatMapToDouble(Arrays::stream).average().orElse(Double.NaN);
    }
}
