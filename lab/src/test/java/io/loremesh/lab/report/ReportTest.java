package io.loremesh.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loremesh.model.statistic.Rate;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private final Report report = new Report(
            "base",
            null,
            "2 cores",
            List.of(
                    Row.of("read 1 fact", new Rate(9, 10)).atLeast(.95),
                    Row.of("latency p95", 420, "ms").atMost(500).beside(new Row.Peer("other", "1.2", 840))));

    @Test
    void keysWithoutAValueAreLeftOut(@TempDir Path dir) throws Exception {
        report.writeJson(dir.resolve("report.json"));

        JsonNode json = new ObjectMapper().readTree(dir.resolve("report.json").toFile());
        assertThat(json.fieldNames()).toIterable().containsExactly("name", "machine", "rows");
        assertThat(json.at("/rows/0").fieldNames())
                .toIterable()
                .containsExactly("measure", "value", "unit", "n", "low", "high", "target", "met");
        assertThat(json.at("/rows/0/met").asBoolean()).isFalse();
        assertThat(json.at("/rows/1/ratio").asDouble()).isEqualTo(.5);
        assertThat(json.at("/rows/1/peer/version").asText()).isEqualTo("1.2");
    }

    @Test
    void theTableShowsEveryRowAndNoEmptyColumn() {
        assertThat(report.table().lines().toList())
                .containsExactly(
                        "base",
                        "measure      value  unit   n   95 %         target  met  peer",
                        "read 1 fact  0.900  share  10  0.596–0.982  0.950   no",
                        "latency p95  420    ms                      500     yes  other 840");
    }
}
