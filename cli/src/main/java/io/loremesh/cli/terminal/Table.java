package io.loremesh.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table with columns as wide as their widest cell. */
public final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... header) {
        rows.add(List.of(header));
    }

    /** Adds a row of as many cells as the header has. */
    public Table row(Object... cells) {
        if (cells.length != rows.getFirst().size()) {
            throw new IllegalArgumentException("a row of %d cells under %d columns"
                    .formatted(cells.length, rows.getFirst().size()));
        }
        rows.add(Arrays.stream(cells).map(String::valueOf).toList());
        return this;
    }

    public void print(Terminal terminal) {
        int[] widths = IntStream.range(0, rows.getFirst().size())
                .map(column -> rows.stream()
                        .mapToInt(row -> TextWidth.of(row.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
        for (int i = 0; i < rows.size(); i++) {
            String line = text(rows.get(i), widths);
            terminal.line(i == 0 ? terminal.bold(line) : line);
        }
    }

    private static String text(List<String> row, int[] widths) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> TextWidth.fit(row.get(column), widths[column]))
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }
}
