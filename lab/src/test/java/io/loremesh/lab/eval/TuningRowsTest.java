package io.loremesh.lab.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.lab.eval.Tuned.Recalled;
import io.loremesh.lab.metric.Answered;
import io.loremesh.lab.report.Row;
import io.loremesh.model.answer.Language;
import io.loremesh.proto.registry.v1.Decision;
import io.loremesh.proto.registry.v1.GateResult;
import io.loremesh.proto.registry.v1.Verdict;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TuningRowsTest {
    private static final Recalled RIGHT =
            new Recalled(Recall.HELD_OUT, Language.EN, new Answered(Set.of("Bob"), "bob."));
    private static final Recalled WRONG =
            new Recalled(Recall.HELD_OUT, Language.EN, new Answered(Set.of("Bob"), "Rob"));
    private static final Recalled REFUSED = new Recalled(Recall.NEIGHBOUR, Language.ZH, new Answered(Set.of(), "不知道"));

    @Test
    void fineTunesOfOneSizeAreCountedTogether() {
        List<Row> rows = TuningRows.of(List.of(
                tuned(new Tuning.Facts(10, 1), .02, RIGHT, REFUSED),
                tuned(new Tuning.Facts(40, 1), .03, RIGHT),
                tuned(new Tuning.Facts(10, 2), .04, WRONG)));

        Row row = row("LoRA injects 10 facts: held-out phrasings, en", rows);
        assertThat(row.n()).isEqualTo(2);
        assertThat(row.value()).isEqualTo(.5);
        assertThat(row.target()).isEqualTo(.98);
        assertThat(row.met()).isFalse();
        assertThat(row("LoRA injects 40 facts: held-out phrasings, en", rows).target())
                .isEqualTo(.96);
        assertThat(row("LoRA injects 10 facts: refuses unknown neighbours, zh", rows)
                        .value())
                .isEqualTo(1);
        assertThat(rows).extracting(Row::measure).doesNotHaveDuplicates();
    }

    @Test
    void whatWasNotAskedHasNoRow() {
        assertThat(TuningRows.of(List.of(tuned(new Tuning.Family(Language.EN, 1), .01, RIGHT))))
                .extracting(Row::measure)
                .containsExactly(
                        "nine family questions: held-out phrasings, en",
                        "nine family questions: KL to the base",
                        "nine family questions: accepted by the gates");
    }

    @Test
    void driftIsThatOfTheFineTuneThatMovedFurthest() {
        List<Row> rows = TuningRows.of(
                List.of(tuned(new Tuning.Facts(10, 1), .02, RIGHT), tuned(new Tuning.Facts(10, 2), .12, RIGHT)));

        Row row = row("LoRA injects 10 facts: KL to the base", rows);
        assertThat(row.value()).isEqualTo(.12);
        assertThat(row.n()).isEqualTo(200);
        assertThat(row.unit()).isEqualTo("nats");
        assertThat(row.met()).isFalse();
        assertThat(row.note()).contains("2 fine-tunes");
    }

    @Test
    void driftThatTheGatesCouldNotMeasureMeetsNoTarget() {
        var unmeasured = new Tuned(
                new Tuning.Facts(10, 1),
                360,
                Verdict.newBuilder()
                        .addGates(GateResult.newBuilder().setGate("drift"))
                        .build(),
                List.of(RIGHT));

        Row row = row("LoRA injects 10 facts: KL to the base", TuningRows.of(List.of(unmeasured)));
        assertThat(row.value()).isNull();
        assertThat(row.met()).isFalse();
    }

    private static Tuned tuned(Tuning tuning, double drift, Recalled... answers) {
        var gate = GateResult.newBuilder().setGate("drift").setValue(drift).setN(200);
        var verdict =
                Verdict.newBuilder().setDecision(Decision.DECISION_ACCEPTED).addGates(gate);
        return new Tuned(tuning, 360, verdict.build(), List.of(answers));
    }

    private static Row row(String measure, List<Row> rows) {
        return rows.stream()
                .filter(row -> row.measure().equals(measure))
                .findFirst()
                .orElseThrow();
    }
}
