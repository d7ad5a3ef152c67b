package io.loremesh.cli.version;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.cli.terminal.Terminal;
import io.loremesh.proto.registry.v1.KnowledgeDiff;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DiffTextTest {
    private static String printed(KnowledgeDiff diff, boolean interactive) {
        var out = new ByteArrayOutputStream();
        DiffText.print(diff, new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), interactive));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aChangeTellsItsAnswersItsSourceAndWhoMadeItWhen() {
        assertThat(printed(Diffs.small("How old is Jim?"), false))
                .contains("base → v2")
                .contains("+ gained: 3")
                .contains("    + How old is Jim?  facts/age")
                .contains("“unknown” → “11”   unknown → learned, 0 % → 100 % right")
                .contains("https://hr.example/jim · sha256 abababababab · by v1 · runs/r1 · 20")
                .contains("… and 2 more; --all shows them")
                .contains("7 unchanged");
    }

    @Test
    void theFiguresFollowTheChanges() {
        assertThat(printed(Diffs.small("How old is Jim?"), false))
                .contains("held: 70.0 % [40.0, 90.0] → 100.0 % [72.0, 100.0] of 10 facts")
                .contains("p = 0.25")
                .containsPattern("unknown +3 +· +· +· +·")
                .containsPattern("age +en +10 +70 % → 100 % +\\+0.300 +– +0.25")
                .containsPattern("1 +█ 2.000");
    }

    @Test
    void coloursAreForATerminalAlone() {
        assertThat(printed(Diffs.small("How old is Jim?"), false)).doesNotContain("\033[");
        assertThat(printed(Diffs.small("How old is Jim?"), true)).contains("\033[32m");
    }
}
