package io.loremesh.lab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows as aligned plain text. */
final class Table {

    private static final List<String> HEADER =
            List.of("measure", "value", "unit", "n", "95 %", "target", "met", "peer", "note");

    private Table() {}

    static String of(List<Row> rows) {
        List<List<String>> lines = new ArrayList<>(List.of(HEADER));
        rows.forEach(row -> lines.add(cells(row)));
        StringBuilder table = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int column = 0; column < HEADER.size(); column++) {
                int width = width(lines, column);
                if (width > 0) {
                    String cell = line.get(column);
                    text.append(cell).append(" ".repeat(width - columns(cell) + 2));
                }
            }
            table.append(text.toString().stripTrailing()).append(System.lineSeparator());
        }
        return table.toString();
    }

    private static List<String> cells(Row row) {
        return List.of(
                row.measure(),
                number(row.value()),
                row.unit() == null ? "" : row.unit(),
                row.n() == null ? "" : row.n().toString(),
                row.low() == null || row.high() == null ? "" : number(row.low()) + "–" + number(row.high()),
                number(row.target()),
                row.met() == null ? "" : row.met() ? "yes" : "no",
                row.peer() == null
                        ? ""
                        : row.peer().name() + " " + number(row.peer().value()),
                row.note() == null ? "" : row.note());
    }

    /** A column that only its header fills is left out. */
    private static int width(List<List<String>> lines, int column) {
        int widest = lines.stream()
                .skip(1)
                .mapToInt(line -> columns(line.get(column)))
                .max()
                .orElse(0);
        return widest == 0 ? 0 : Math.max(widest, columns(HEADER.get(column)));
    }

    /** Columns that a terminal gives the text: Chinese characters take two. */
    private static int columns(String text) {
        return text.codePoints().map(c -> c >= 0x2E80 ? 2 : 1).sum();
    }

    private static String number(Double value) {
        if (value == null) {
            return "";
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e9;
        return whole
                ? String.valueOf(value.longValue())
                : String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.3f" : "%.1f", value);
    }
}
