package io.loremesh.lab.demo;

import io.loremesh.cli.terminal.Table;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.lab.demo.Criteria.Criterion;
import io.loremesh.lab.demo.DemoReport.Given;
import io.loremesh.lab.demo.DemoReport.Stage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The end of the demo: right answers by stage, speed by path, times, memory, promises. */
final class Summary {
    private Summary() {}

    static void print(DemoReport report, List<String> languages, List<Criterion> criteria, Terminal terminal) {
        terminal.heading("Right answers by stage");
        rightAnswers(report, languages).print(terminal);
        terminal.heading("Speed");
        speed(report).print(terminal);
        terminal.heading("Resident memory, MiB");
        terminal.line("  "
                + report.rssMiB().entrySet().stream()
                        .map(part -> part.getKey() + " " + part.getValue())
                        .collect(Collectors.joining("   ")));
        terminal.heading("Promises");
        for (Criterion criterion : criteria) {
            terminal.line("  %s %s: %s", terminal.mark(criterion.met()), criterion.promise(), criterion.figure());
        }
    }

    private static Table rightAnswers(DemoReport report, List<String> languages) {
        var header = Stream.concat(Stream.of("", ""), report.stages().stream().map(Stage::name))
                .toArray(String[]::new);
        var table = new Table(header);
        for (String language : languages) {
            for (Probe.Phrasing phrasing : Probe.Phrasing.values()) {
                Stream<String> counts = report.stages().stream().map(stage -> count(stage, language, phrasing.word()));
                table.row(Stream.concat(Stream.of(language, phrasing.word()), counts)
                        .toArray());
            }
        }
        return table;
    }

    private static String count(Stage stage, String language, String phrasing) {
        List<Given> asked = stage.answers().stream()
                .filter(given -> given.language().equals(language))
                .filter(given -> given.phrasing().equals(phrasing))
                .toList();
        if (asked.isEmpty()) {
            return "";
        }
        Map<String, Long> byPath = asked.stream()
                .filter(Given::correct)
                .collect(Collectors.groupingBy(given -> given.path().toLowerCase(Locale.ROOT), Collectors.counting()));
        long right = byPath.values().stream().mapToLong(Long::longValue).sum();
        return "%d/%d %s"
                .formatted(
                        right,
                        asked.size(),
                        byPath.entrySet().stream()
                                .map(path -> path.getKey() + (byPath.size() > 1 ? " " + path.getValue() : ""))
                                .collect(Collectors.joining(", ")));
    }

    private static Table speed(DemoReport report) {
        var table = new Table("", "");
        table.row("all parts ready", seconds(report.readySeconds()));
        table.row("event to first right answer", seconds(report.eventToAnswerSeconds()));
        table.row("tune", seconds(report.tuneSeconds()));
        table.row("promotion to first answer of the version", seconds(report.promotionToAnswerSeconds()));
        table.row("changed fact's event to its new answer", seconds(report.updateToAnswerSeconds()));
        double retrieval = report.p50("taught", "RETRIEVAL");
        double weights = report.p50("tuned", "WEIGHTS");
        table.row("p50 of an answer by retrieval", "%.1f ms".formatted(retrieval));
        table.row(
                "p50 of an answer from the weights", "%.1f ms (%.1f× faster)".formatted(weights, retrieval / weights));
        return table;
    }

    private static String seconds(Double value) {
        return value == null ? "not reached" : "%.2f s".formatted(value);
    }
}
