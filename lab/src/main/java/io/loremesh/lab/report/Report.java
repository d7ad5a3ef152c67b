package io.loremesh.lab.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The result of a benchmark or an evaluation: the same content as JSON for machines and as a table for people.
 *
 * @param name what was measured
 * @param commit the commit it was measured at; null where unknown
 * @param machine processor, cores and memory it was measured on; null where unknown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Report(String name, String commit, String machine, List<Row> rows) {

    public Report {
        rows = List.copyOf(rows);
    }

    /** The same report with further rows at its end. */
    public Report with(List<Row> further) {
        return new Report(
                name,
                commit,
                machine,
                Stream.concat(rows.stream(), further.stream()).toList());
    }

    /** Writes the report as JSON; keys without a value are left out. */
    public void writeJson(Path file) throws IOException {
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), this);
    }

    /** The report as a table of plain text, one line a row. */
    public String table() {
        return name + System.lineSeparator() + Table.of(rows);
    }
}
