package io.loremesh.cli.teach;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A table with a header (RFC 4180): comma, semicolon or tab between the cells, as its header has them. Each row is a
 * record with the header's names as keys ({@link LessonLine}).
 */
final class FactTable {
    private static final Set<String> QUESTIONS = Set.of("question", "prompt", "query", "instruction", "input");
    private static final Set<String> ANSWERS = Set.of("answer", "answers", "output", "response", "completion");
    private static final char[] SEPARATORS = {',', ';', '\t', '|'};

    private FactTable() {}

    /** Whether a text begins with a header that says what is asked and what is answered. */
    static boolean hasHeader(String text) {
        return format(text).isPresent();
    }

    /** @throws IllegalArgumentException if the header or the quoting is no table's */
    static void read(String name, String text, Gathering gathering) {
        CSVFormat format = format(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        ("its first line is no header with a column for the question (%s) and one for the answer "
                                        + "(%s), or `text`")
                                .formatted(String.join(", ", sorted(QUESTIONS)), String.join(", ", sorted(ANSWERS)))));
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            List<String> header = null;
            long line = 1;
            for (CSVRecord row : parser) {
                long begin = line;
                line = parser.getCurrentLineNumber() + 1;
                if (header == null) {
                    header = header(row);
                } else if (row.size() > 1 || !row.get(0).isBlank()) {
                    List<String> columns = header;
                    gathering.part(name + ":" + begin, part -> LessonLine.read(record(columns, row), part));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalArgumentException("is no table: " + e.getMessage(), e);
        }
    }

    private static ObjectNode record(List<String> columns, CSVRecord row) {
        if (row.size() != columns.size()) {
            throw new IllegalArgumentException(
                    "has %d cells, but the header has %d; quote a cell that holds a separator"
                            .formatted(row.size(), columns.size()));
        }
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < columns.size(); i++) {
            // An empty cell says nothing, in any column but those that must say something.
            if (!row.get(i).isBlank() || QUESTIONS.contains(columns.get(i)) || ANSWERS.contains(columns.get(i))) {
                record.put(columns.get(i), row.get(i));
            }
        }
        return record;
    }

    private static List<String> header(CSVRecord row) {
        List<String> names = row.stream().map(FactTable::heading).toList();
        var seen = new HashSet<String>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new IllegalArgumentException("its header has the column `%s` twice; keep one".formatted(name));
            }
        }
        return names;
    }

    private static Optional<CSVFormat> format(String text) {
        String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        for (char separator : SEPARATORS) {
            CSVFormat format = CSVFormat.RFC4180
                    .builder()
                    .setDelimiter(separator)
                    .setIgnoreEmptyLines(false)
                    .get();
            try (CSVParser parser = CSVParser.parse(new StringReader(first), format)) {
                List<String> names = parser.stream()
                        .findFirst()
                        .map(row -> row.stream().map(FactTable::heading).toList())
                        .orElse(List.of());
                boolean facts = names.stream().anyMatch(QUESTIONS::contains)
                        && names.stream().anyMatch(ANSWERS::contains);
                if (facts || names.size() > 1 && names.contains("text")) {
                    return Optional.of(format);
                }
            } catch (IOException | UncheckedIOException e) {
                // Quoted otherwise: no header of this separator.
                continue;
            }
        }
        return Optional.empty();
    }

    private static String heading(String cell) {
        return cell.strip().toLowerCase(Locale.ROOT);
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }
}
