package io.loremesh.cli.version;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.cli.terminal.Failure;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.proto.registry.v1.DriftFigure;
import io.loremesh.proto.registry.v1.DriftFinding;
import io.loremesh.proto.registry.v1.DriftKind;
import io.loremesh.proto.registry.v1.DriftMeasurement;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftTextTest {
    private static DriftMeasurement measured(DriftFinding finding, double... value) {
        var measurement = DriftMeasurement.newBuilder()
                .setVersion("models/demo/versions/2")
                .setFinding(finding);
        for (double each : value) {
            measurement.addFigures(DriftFigure.newBuilder()
                    .setKind(DriftKind.DRIFT_KIND_PROBE_DIVERGENCE)
                    .setValue(each)
                    .setWarning(0.05)
                    .setLimit(0.20)
                    .setN(40));
        }
        return measurement.build();
    }

    private static final List<DriftMeasurement> SERIES = List.of(
            measured(DriftFinding.DRIFT_FINDING_STEADY, 0.0),
            measured(DriftFinding.DRIFT_FINDING_WARNED, 0.19),
            measured(DriftFinding.DRIFT_FINDING_UNMEASURED),
            measured(DriftFinding.DRIFT_FINDING_ROLLED_BACK, 0.21).toBuilder()
                    .setRolledBackTo("models/demo")
                    .setDetail("mean KL is 0.210")
                    .build());

    @Test
    void theHighestBarIsWhatReachedTheLimitAndWhatIsNotKnownIsADot() {
        assertThat(DriftText.curve(SERIES, DriftKind.DRIFT_KIND_PROBE_DIVERGENCE))
                .isEqualTo("▁▇·█");
    }

    @Test
    void theSeriesTellsWhatWasRolledBackAndWhy() {
        var out = new ByteArrayOutputStream();
        DriftText.print(SERIES.reversed(), new Terminal(new PrintStream(out, true, UTF_8), false));

        assertThat(out.toString(UTF_8))
                .contains("KL, neutral questions  ▁▇·█")
                .containsPattern("v2 +rolled back to base +mean KL is 0.210")
                .containsPattern("v2 +not measured");
    }

    @Test
    void anInstantIsReadWithOrWithoutAZone() {
        assertThat(LiveHistory.instant("2026-11-20T09:30:00Z", ZoneOffset.UTC))
                .isEqualTo(LiveHistory.instant("2026-11-20 10:30:00", ZoneOffset.ofHours(1)))
                .isEqualTo(Instant.parse("2026-11-20T09:30:00Z"));
        assertThatThrownBy(() -> LiveHistory.instant("yesterday", ZoneOffset.UTC))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("yesterday");
    }
}
