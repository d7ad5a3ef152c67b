package io.loremesh.cli.version;

import io.loremesh.cli.connect.VersionNames;
import io.loremesh.cli.terminal.Table;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.proto.registry.v1.Trial;
import io.loremesh.proto.registry.v1.TrialFigure;
import io.loremesh.proto.registry.v1.TrialFigureKind;
import io.loremesh.proto.registry.v1.TrialState;
import io.loremesh.proto.registry.v1.TrialTally;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** A trial for a terminal: what the two versions did, how that compares, how it ended. */
final class TrialText {
    private TrialText() {}

    static void print(Trial trial, Terminal terminal) {
        terminal.line("%s  %s", terminal.bold(headline(trial)), terminal.faint(trial.getName()));
        var tallies =
                new Table("VERSION", "REQUESTS", "FAILED", "ABSTAINED", "P50 MS", "P95 MS", "LEARNED FACTS", "RIGHT");
        row(tallies, trial.getAgainst(), trial.getAgainstTally());
        row(tallies, trial.getVersion(), trial.getVersionTally());
        tallies.print(terminal);
        if (trial.getFiguresCount() > 0) {
            var figures = new Table("FIGURE", "VALUE", "", "LIMIT", "N", "95 %");
            for (TrialFigure figure : trial.getFiguresList()) {
                figures.row(
                        words(figure.getKind()),
                        number(figure.getValue()),
                        figure.hasLimit() ? "≤" : "",
                        figure.hasLimit() ? number(figure.getLimit()) : "too few to judge",
                        figure.getN(),
                        number(figure.getLow()) + " to " + number(figure.getHigh()));
            }
            figures.print(terminal);
        }
        if (trial.getState() != TrialState.TRIAL_STATE_RUNNING) {
            terminal.line(outcome(trial, terminal));
            terminal.line("  " + trial.getDetail());
        }
    }

    /** For instance {@code v3 as the canary of 10 % beside v2}. */
    static String headline(Trial trial) {
        String percent = new BigDecimal(trial.getShare() * 100)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
        return "%s as %s of %s %% beside %s"
                .formatted(
                        VersionNames.brief(trial.getVersion()),
                        trial.getShadow() ? "a shadow" : "the canary",
                        percent,
                        VersionNames.brief(trial.getAgainst()));
    }

    /** For a line that is shown while somebody waits. */
    static String progress(Trial trial) {
        return "%s: %s; %s: %s; each needs %d requests"
                .formatted(
                        VersionNames.brief(trial.getVersion()),
                        brief(trial.getVersionTally()),
                        VersionNames.brief(trial.getAgainst()),
                        brief(trial.getAgainstTally()),
                        trial.getLeast());
    }

    private static String brief(TrialTally tally) {
        return String.format(
                Locale.ROOT,
                "%d asked, %d failed, p95 %.0f ms",
                tally.getRequestCount(),
                tally.getErrorCount(),
                tally.getLatencyP95());
    }

    private static String outcome(Trial trial, Terminal terminal) {
        return switch (trial.getState()) {
            case TRIAL_STATE_PROMOTED -> terminal.good("promoted");
            case TRIAL_STATE_WITHDRAWN -> terminal.bad("withdrawn");
            case TRIAL_STATE_UNDECIDED -> terminal.notable("undecided");
            case TRIAL_STATE_RUNNING, TRIAL_STATE_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }

    private static void row(Table table, String version, TrialTally tally) {
        table.row(
                VersionNames.brief(version),
                tally.getRequestCount(),
                tally.getErrorCount(),
                tally.getAbstentionCount(),
                String.format(Locale.ROOT, "%.1f", tally.getLatencyP50()),
                String.format(Locale.ROOT, "%.1f", tally.getLatencyP95()),
                tally.getFactCount(),
                tally.getAgreementCount());
    }

    private static String words(TrialFigureKind kind) {
        return switch (kind) {
            case TRIAL_FIGURE_KIND_ERRORS -> "failed, more by";
            case TRIAL_FIGURE_KIND_ABSTENTIONS -> "abstained, more by";
            case TRIAL_FIGURE_KIND_LATENCY -> "p95, times";
            case TRIAL_FIGURE_KIND_DISAGREEMENT -> "learned facts right, less by";
            case TRIAL_FIGURE_KIND_UNSPECIFIED, UNRECOGNIZED -> "?";
        };
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
