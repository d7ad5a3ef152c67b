package io.loremesh.evaluation.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

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

    /** Writes the report as JSON; keys without a value are left out. */
    public void writeJson(Path file) throws IOException {
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), this);
    }

    /** The report as a table of plain text, one line a row. */
    public String table() {
        return name + System.lineSeparator() + Table.of(rows);
    }
}
