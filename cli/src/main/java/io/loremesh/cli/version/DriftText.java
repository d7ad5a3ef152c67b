package io.loremesh.cli.version;

import io.loremesh.cli.connect.VersionNames;
import io.loremesh.cli.terminal.Table;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.cli.terminal.Times;
import io.loremesh.proto.registry.v1.DriftFigure;
import io.loremesh.proto.registry.v1.DriftFinding;
import io.loremesh.proto.registry.v1.DriftKind;
import io.loremesh.proto.registry.v1.DriftMeasurement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A series of measurements for a terminal: a curve for each figure, the last figures, and what there was to say. */
final class DriftText {
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final List<DriftKind> KINDS = List.of(
            DriftKind.DRIFT_KIND_PROBE_DIVERGENCE,
            DriftKind.DRIFT_KIND_PROBE_CHANGE,
            DriftKind.DRIFT_KIND_LIVE_DIVERGENCE,
            DriftKind.DRIFT_KIND_LIVE_CHANGE);

    private DriftText() {}

    /** @param newestFirst as the registry lists it */
    static void print(List<DriftMeasurement> newestFirst, Terminal terminal) {
        if (newestFirst.isEmpty()) {
            terminal.line("nothing was measured yet; a version is measured when it is promoted and once an interval");
            return;
        }
        List<DriftMeasurement> series = newestFirst.reversed();
        DriftMeasurement first = series.getFirst();
        DriftMeasurement last = series.getLast();
        terminal.line(
                "%s  %s",
                terminal.bold("%s to %s".formatted(Times.local(first.getCreateTime()), Times.local(last.getEndTime()))),
                terminal.faint("%d measurements, █ is the limit or more, · is not known".formatted(series.size())));
        var curves = new Table("FIGURE", "", "LAST", "PROMOTED", "WARNING", "LIMIT", "N");
        for (DriftKind kind : KINDS) {
            series.reversed().stream()
                    .flatMap(measured -> figure(measured, kind).stream())
                    .findFirst()
                    .ifPresent(figure -> curves.row(
                            words(kind),
                            curve(series, kind),
                            number(figure.getValue()),
                            number(figure.getBaseline()),
                            figure.hasWarning() ? number(figure.getWarning()) : "",
                            figure.hasLimit() ? number(figure.getLimit()) : "",
                            figure.getN()));
        }
        curves.print(terminal);
        var told = new Table("", "VERSION", "", "");
        IntStream.range(0, series.size())
                .filter(at -> tells(series, at))
                .mapToObj(series::get)
                .forEach(measured -> told.row(
                        Times.local(measured.getCreateTime()),
                        VersionNames.brief(measured.getVersion()),
                        finding(measured),
                        measured.getDetail()));
        terminal.heading("What changed");
        told.print(terminal);
    }

    /** One character for each measurement, scaled to its limit; without one to the largest of the series. */
    static String curve(List<DriftMeasurement> series, DriftKind kind) {
        double most = series.stream()
                .flatMap(measured -> figure(measured, kind).stream())
                .mapToDouble(figure -> figure.hasLimit() ? figure.getLimit() : figure.getValue())
                .max()
                .orElse(0);
        return series.stream()
                .map(measured -> figure(measured, kind)
                        .map(figure -> bar(figure, figure.hasLimit() ? figure.getLimit() : most))
                        .orElse("·"))
                .collect(Collectors.joining());
    }

    private static String bar(DriftFigure figure, double most) {
        double share = most == 0 ? 0 : figure.getValue() / most;
        // The highest bar is kept for what reached the limit.
        int height = share >= 1 ? BARS.length() - 1 : (int) (share * (BARS.length() - 1));
        return BARS.substring(height, height + 1);
    }

    /** The first of a version, and every other whose finding is not that of the one before. */
    private static boolean tells(List<DriftMeasurement> series, int at) {
        return at == 0
                || series.get(at - 1).getFinding() != series.get(at).getFinding()
                || !series.get(at - 1).getVersion().equals(series.get(at).getVersion());
    }

    private static Optional<DriftFigure> figure(DriftMeasurement measured, DriftKind kind) {
        return measured.getFiguresList().stream()
                .filter(figure -> figure.getKind() == kind)
                .findFirst();
    }

    static String finding(DriftMeasurement measured) {
        DriftFinding finding = measured.getFinding();
        return switch (finding) {
            case DRIFT_FINDING_STEADY -> "steady";
            case DRIFT_FINDING_WARNED -> "warned";
            case DRIFT_FINDING_ROLLED_BACK -> "rolled back to " + VersionNames.brief(measured.getRolledBackTo());
            case DRIFT_FINDING_UNMEASURED -> "not measured";
            case DRIFT_FINDING_OVERTAKEN -> "overtaken";
            case DRIFT_FINDING_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }

    private static String words(DriftKind kind) {
        return switch (kind) {
            case DRIFT_KIND_PROBE_DIVERGENCE -> "KL, neutral questions";
            case DRIFT_KIND_LIVE_DIVERGENCE -> "KL, users' questions";
            case DRIFT_KIND_PROBE_CHANGE -> "changed answers, probes";
            case DRIFT_KIND_LIVE_CHANGE -> "changed answers, users";
            case DRIFT_KIND_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
