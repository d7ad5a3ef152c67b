package io.loremesh.registry.trial;

import static io.loremesh.proto.registry.v1.TrialFigureKind.TRIAL_FIGURE_KIND_ABSTENTIONS;
import static io.loremesh.proto.registry.v1.TrialFigureKind.TRIAL_FIGURE_KIND_DISAGREEMENT;
import static io.loremesh.proto.registry.v1.TrialFigureKind.TRIAL_FIGURE_KIND_ERRORS;
import static io.loremesh.proto.registry.v1.TrialFigureKind.TRIAL_FIGURE_KIND_LATENCY;

import io.loremesh.proto.registry.v1.TrialFigure;
import io.loremesh.proto.registry.v1.TrialFigureKind;
import io.loremesh.registry.evaluation.Interval;
import io.loremesh.registry.evaluation.TrialLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Compares the version on trial with the active one. While a trial goes on, a figure ends it when its whole 95 %
 * interval is beyond the limit; at the end the figure itself has to be within it, so that what is not known speaks
 * against a promotion and never for one. Below the policy's number of requests nothing is judged.
 */
record TrialRule(TrialLimits limits) {
    /** @param due the trial's time is over */
    Judgement judge(Tally against, Tally version, boolean due) {
        List<TrialFigure> figures = figures(against, version);
        if (against.requests() < limits.least() || version.requests() < limits.least()) {
            return due
                    ? new Judgement.Undecided(
                            figures,
                            ("too few requests to judge by: %d of the version on trial and %d of "
                                            + "the active one, each needs %d")
                                    .formatted(version.requests(), against.requests(), limits.least()))
                    : new Judgement.Open(figures);
        }
        String crossed = sentences(figures, figure -> crosses(figure, due));
        if (!crossed.isEmpty()) {
            return new Judgement.Failed(figures, crossed);
        }
        return due ? new Judgement.Passed(figures, sentences(figures, figure -> true)) : new Judgement.Open(figures);
    }

    private static boolean crosses(TrialFigure figure, boolean due) {
        return figure.hasLimit() && (due ? figure.getValue() : figure.getLow()) > figure.getLimit();
    }

    /** Those that can be computed. */
    private List<TrialFigure> figures(Tally against, Tally version) {
        var figures = new ArrayList<TrialFigure>();
        if (against.requests() > 0 && version.requests() > 0) {
            figures.add(excess(
                    TRIAL_FIGURE_KIND_ERRORS,
                    limits.errors(),
                    version.errors(),
                    version.requests(),
                    against.errors(),
                    against.requests()));
        }
        if (against.answers() > 0 && version.answers() > 0) {
            figures.add(excess(
                    TRIAL_FIGURE_KIND_ABSTENTIONS,
                    limits.abstentions(),
                    version.abstentions(),
                    version.answers(),
                    against.abstentions(),
                    against.answers()));
            figures.add(latency(against, version));
        }
        if (against.facts() > 0 && version.facts() > 0) {
            figures.add(excess(
                    TRIAL_FIGURE_KIND_DISAGREEMENT,
                    limits.disagreement(),
                    version.facts() - version.agreements(),
                    version.facts(),
                    against.facts() - against.agreements(),
                    against.facts()));
        }
        return figures;
    }

    /** Of a rate, the version's minus the active one's. */
    private TrialFigure excess(
            TrialFigureKind kind, double limit, int version, int ofVersion, int against, int ofAgainst) {
        double rate = (double) version / ofVersion;
        double active = (double) against / ofAgainst;
        Interval interval = Interval.difference(rate, ofVersion, active, ofAgainst);
        return figure(kind, rate - active, interval, limit, Math.min(ofVersion, ofAgainst));
    }

    private TrialFigure latency(Tally against, Tally version) {
        Tally.Latency ours = version.latency();
        Tally.Latency theirs = against.latency();
        // No answer takes no time at all; a clock that says so is not to be divided by.
        double least = 0.001;
        return figure(
                TRIAL_FIGURE_KIND_LATENCY,
                ours.p95() / Math.max(least, theirs.p95()),
                new Interval(
                        ours.p95Low() / Math.max(least, theirs.p95High()),
                        ours.p95High() / Math.max(least, theirs.p95Low())),
                limits.latency(),
                Math.min(version.answers(), against.answers()));
    }

    private TrialFigure figure(TrialFigureKind kind, double value, Interval interval, double limit, int n) {
        var figure = TrialFigure.newBuilder()
                .setKind(kind)
                .setValue(value)
                .setLow(interval.low())
                .setHigh(interval.high())
                .setN(n);
        if (n >= limits.least()) {
            figure.setLimit(limit);
        }
        return figure.build();
    }

    private static String sentences(List<TrialFigure> figures, Predicate<TrialFigure> wanted) {
        return figures.stream().filter(wanted).map(TrialRule::sentence).collect(Collectors.joining("; "));
    }

    private static String sentence(TrialFigure figure) {
        return String.format(
                Locale.ROOT,
                "%s %.3f (%.3f to %.3f, %s, n %d)",
                words(figure.getKind()),
                figure.getValue(),
                figure.getLow(),
                figure.getHigh(),
                figure.hasLimit() ? String.format(Locale.ROOT, "limit %.3f", figure.getLimit()) : "too few to judge",
                figure.getN());
    }

    private static String words(TrialFigureKind kind) {
        return switch (kind) {
            case TRIAL_FIGURE_KIND_ERRORS -> "errors, more than the active version's by";
            case TRIAL_FIGURE_KIND_ABSTENTIONS -> "abstentions, more than the active version's by";
            case TRIAL_FIGURE_KIND_LATENCY -> "95th percentile of the time of an answer, times the active version's";
            case TRIAL_FIGURE_KIND_DISAGREEMENT -> "learned facts answered right, less than the active version's by";
            case TRIAL_FIGURE_KIND_UNSPECIFIED, UNRECOGNIZED -> "a figure of no kind";
        };
    }
}
