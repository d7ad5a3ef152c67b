package io.loremesh.registry.drift;

import static io.loremesh.proto.registry.v1.DriftFinding.DRIFT_FINDING_ROLLED_BACK;
import static io.loremesh.proto.registry.v1.DriftFinding.DRIFT_FINDING_STEADY;
import static io.loremesh.proto.registry.v1.DriftFinding.DRIFT_FINDING_UNMEASURED;
import static io.loremesh.proto.registry.v1.DriftFinding.DRIFT_FINDING_WARNED;

import io.loremesh.proto.registry.v1.DriftFigure;
import io.loremesh.proto.registry.v1.DriftFinding;
import io.loremesh.registry.evaluation.Gate;
import io.loremesh.registry.evaluation.GatePolicy;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What figures mean, by the drift gate of the model's policy. A person may have forced a version past that gate: then
 * its own figure at promotion, and the warning above it, is the limit, for a monitor undoes what has changed and not
 * what somebody decided. Users' questions are drawn anew each time: they cross a limit when their whole interval does.
 *
 * @param leastLive users' questions below which a figure over them judges nothing
 */
record DriftRule(GatePolicy policy, int leastLive) {
    private record Limits(double warning, double limit) {}

    /** @param detail why; empty when steady */
    record Judgement(DriftFinding finding, List<DriftFigure> figures, String detail) {
        Judgement {
            figures = List.copyOf(figures);
        }

        /** Nothing is known, so nothing is done. */
        static Judgement unmeasured(String why) {
            return new Judgement(DRIFT_FINDING_UNMEASURED, List.of(), why);
        }

        boolean asksForRollback() {
            return finding == DRIFT_FINDING_ROLLED_BACK;
        }

        Judgement as(DriftFinding other, String why) {
            return new Judgement(other, figures, why);
        }
    }

    Judgement judge(List<Figure> measured) {
        if (measured.isEmpty()) {
            return Judgement.unmeasured("neither the parent nor the version says anything to the probes");
        }
        List<DriftFigure> figures = measured.stream().map(this::judge).toList();
        String crossed = which(figures, DriftRule::crosses);
        if (!crossed.isEmpty()) {
            return new Judgement(DRIFT_FINDING_ROLLED_BACK, figures, crossed);
        }
        String warned = which(figures, figure -> figure.hasWarning() && figure.getValue() > figure.getWarning());
        return warned.isEmpty()
                ? new Judgement(DRIFT_FINDING_STEADY, figures, "")
                : new Judgement(DRIFT_FINDING_WARNED, figures, warned);
    }

    private DriftFigure judge(Figure figure) {
        var judged = DriftFigure.newBuilder()
                .setKind(figure.kind())
                .setValue(figure.value())
                .setBaseline(figure.baseline())
                .setN(figure.n())
                .setLow(figure.interval().low())
                .setHigh(figure.interval().high());
        limits(figure).ifPresent(limits -> judged.setWarning(limits.warning()).setLimit(limits.limit()));
        return judged.build();
    }

    private static boolean crosses(DriftFigure figure) {
        double sure = Figure.isLive(figure.getKind()) ? figure.getLow() : figure.getValue();
        return figure.hasLimit() && sure > figure.getLimit();
    }

    /** None where the policy leaves the drift gate out, or too few were asked. */
    private Optional<Limits> limits(Figure figure) {
        Double threshold = policy.thresholds().get(Gate.DRIFT);
        if (threshold == null || Figure.isLive(figure.kind()) && figure.n() < leastLive) {
            return Optional.empty();
        }
        return Optional.of(
                switch (figure.kind()) {
                    case DRIFT_KIND_PROBE_DIVERGENCE, DRIFT_KIND_LIVE_DIVERGENCE ->
                        new Limits(
                                policy.driftWarning(), Math.max(threshold, figure.baseline() + policy.driftWarning()));
                    case DRIFT_KIND_PROBE_CHANGE, DRIFT_KIND_LIVE_CHANGE ->
                        new Limits(
                                policy.changedAnswers().warning(),
                                policy.changedAnswers().limit());
                    case DRIFT_KIND_UNSPECIFIED, UNRECOGNIZED ->
                        throw new IllegalArgumentException("a figure of no kind: " + figure);
                });
    }

    private static String which(List<DriftFigure> figures, Predicate<DriftFigure> wanted) {
        return figures.stream().filter(wanted).map(DriftRule::sentence).collect(Collectors.joining("; "));
    }

    private static String sentence(DriftFigure figure) {
        String sentence = String.format(
                Locale.ROOT,
                "%s is %.3f, at promotion %.3f, warning %.3f, limit %.3f, n %d",
                words(figure),
                figure.getValue(),
                figure.getBaseline(),
                figure.getWarning(),
                figure.getLimit(),
                figure.getN());
        return Figure.isLive(figure.getKind())
                ? sentence + String.format(Locale.ROOT, ", interval %.3f to %.3f", figure.getLow(), figure.getHigh())
                : sentence;
    }

    private static String words(DriftFigure figure) {
        return switch (figure.getKind()) {
            case DRIFT_KIND_PROBE_DIVERGENCE -> "mean KL to the parent on neutral questions";
            case DRIFT_KIND_LIVE_DIVERGENCE -> "mean KL to the parent on users' questions";
            case DRIFT_KIND_PROBE_CHANGE -> "share of changed answers to the probes";
            case DRIFT_KIND_LIVE_CHANGE -> "share of changed answers to users' questions";
            case DRIFT_KIND_UNSPECIFIED, UNRECOGNIZED -> "a figure";
        };
    }
}
