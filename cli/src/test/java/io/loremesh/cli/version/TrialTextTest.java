package io.loremesh.cli.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.cli.terminal.Terminal;
import io.loremesh.proto.registry.v1.Trial;
import io.loremesh.proto.registry.v1.TrialFigure;
import io.loremesh.proto.registry.v1.TrialFigureKind;
import io.loremesh.proto.registry.v1.TrialState;
import io.loremesh.proto.registry.v1.TrialTally;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class TrialTextTest {
    private static Trial.Builder trial(TrialState state) {
        return Trial.newBuilder()
                .setName("models/demo/trials/17")
                .setVersion("models/demo/versions/3")
                .setAgainst("models/demo/versions/2")
                .setShare(0.1)
                .setState(state)
                .setLeast(50)
                .setAgainstTally(TrialTally.newBuilder().setRequestCount(540).setLatencyP95(21))
                .setVersionTally(TrialTally.newBuilder().setRequestCount(60).setErrorCount(2))
                .addFigures(TrialFigure.newBuilder()
                        .setKind(TrialFigureKind.TRIAL_FIGURE_KIND_ERRORS)
                        .setValue(0.0333)
                        .setLimit(0.01)
                        .setN(60));
    }

    private static String printed(Trial trial) {
        var out = new ByteArrayOutputStream();
        TrialText.print(trial, new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), false));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aTrialShowsBothVersionsItsFiguresAndWhyItEnded() {
        assertThat(printed(trial(TrialState.TRIAL_STATE_WITHDRAWN)
                        .setDetail("errors, more than …")
                        .build()))
                .contains("v3 as the canary of 10 % beside v2", "models/demo/trials/17", "540", "failed, more by")
                .contains("0.033", "0.010", "withdrawn", "errors, more than …");
    }

    @Test
    void aPipelineTellsPromotedWithdrawnAndUndecidedApart() {
        assertThat(AwaitedTrial.exitCode(trial(TrialState.TRIAL_STATE_PROMOTED).build()))
                .isZero();
        assertThat(AwaitedTrial.exitCode(trial(TrialState.TRIAL_STATE_WITHDRAWN).build()))
                .isEqualTo(3);
        assertThat(AwaitedTrial.exitCode(trial(TrialState.TRIAL_STATE_UNDECIDED).build()))
                .isEqualTo(4);
        assertThat(AwaitedTrial.exitCode(trial(TrialState.TRIAL_STATE_RUNNING).build()))
                .isEqualTo(4);
    }

    @Test
    void progressTellsHowFarBothAreFromBeingJudged() {
        assertThat(TrialText.progress(trial(TrialState.TRIAL_STATE_RUNNING).build()))
                .isEqualTo(
                        "v3: 60 asked, 2 failed, p95 0 ms; v2: 540 asked, 0 failed, p95 21 ms; each needs 50 requests");
    }

    @Test
    void timesAreWrittenWithTheirUnit() {
        var time = new TrialOptions.Time();
        assertThat(time.convert("60s")).isEqualTo(Duration.ofMinutes(1));
        assertThat(time.convert("2h")).isEqualTo(Duration.ofHours(2));
        assertThatThrownBy(() -> time.convert("60"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("60s, 15m, 2h or 1d");
    }
}
