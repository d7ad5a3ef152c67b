package io.loremesh.trainer.run;

import io.loremesh.knowledge.FactRules;
import io.loremesh.proto.knowledge.v1.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Runs and facts for the tests of this step. */
final class RunSamples {
    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    static final RunSettings SETTINGS = new RunSettings(4, 8, 1e-3, 20, 7);

    private RunSamples() {}

    static Run queued(String requestId) {
        return Run.queued(Run.nameAt(NOW), requestId, "models/demo", "", List.of("facts/a"), SETTINGS, NOW);
    }

    static TrainingProgress progress(int step) {
        return new TrainingProgress(step, 20, 2.5 / step, 1_000, Duration.ofSeconds(20 - step));
    }

    static Fact fact(String question, String answer, String... heldout) {
        return FactRules.named(Fact.newBuilder()
                .setQuestion(question)
                .setAnswer(answer)
                .setLanguage("en")
                .addAllHeldoutPhrasings(List.of(heldout))
                .build());
    }
}
