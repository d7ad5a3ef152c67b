package io.loremesh.registry.evaluation;

import static io.loremesh.proto.registry.v1.EvaluationState.EVALUATION_STATE_JUDGED;
import static io.loremesh.proto.registry.v1.EvaluationState.EVALUATION_STATE_WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.proto.registry.v1.EvaluateVersionRequest;
import io.loremesh.proto.registry.v1.EvaluateVersionResponse;
import io.loremesh.proto.registry.v1.Evaluation;
import io.loremesh.registry.RegistryCaller;
import io.loremesh.registry.drift.ScriptedGenerator;
import io.loremesh.registry.drift.WatchedParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The generator goes away in the middle of an evaluation, and comes back. */
@QuarkusTest
@QuarkusTestResource(value = WatchedParts.class, restrictToAnnotatedClass = true)
class AbsentGeneratorIT {
    private static final int BEFORE = 60;

    /** Answers that were on their way to the registry when the generator went: they are asked for again. */
    private static final int ON_THEIR_WAY = 8;

    @TestHTTPResource
    URL address;

    @ConfigProperty(name = "quarkus.grpc.clients.generator.test-port")
    int generatorPort;

    @Test
    void anEvaluationSaysWhatItWaitsForAndGoesOnWhereItWasWhenTheGeneratorIsBack() {
        try (var registry = new RegistryCaller(address);
                var first = new ScriptedGenerator(generatorPort)) {
            registry.createModel("paused");
            registry.createVersion("paused", "adapter of paused", List.of());
            first.goAwayAfter(BEFORE);
            Iterator<EvaluateVersionResponse> call = registry.lastingCalls()
                    .evaluations()
                    .evaluateVersion(EvaluateVersionRequest.newBuilder()
                            .setVersion("models/paused/versions/1")
                            .build());

            Evaluation waiting = call.next().getEvaluation();
            while (waiting.getState() != EVALUATION_STATE_WAITING) {
                waiting = call.next().getEvaluation();
            }
            assertThat(waiting.getDetail()).contains("the generator is away");
            assertThat(waiting.getProbedCount()).isPositive().isLessThan(waiting.getTotalCount());

            try (var second = new ScriptedGenerator(generatorPort)) {
                Evaluation last = waiting;
                while (call.hasNext()) {
                    last = call.next().getEvaluation();
                }

                assertThat(last.getState()).isEqualTo(EVALUATION_STATE_JUDGED);
                assertThat(last.getProbedCount()).isEqualTo(last.getTotalCount());
                List<String> before = answered(first);
                List<String> after = answered(second);
                var again = new HashSet<>(before);
                again.retainAll(after);
                assertThat(again).as("asked of both").hasSizeLessThanOrEqualTo(ON_THEIR_WAY);
                assertThat(before.size() + after.size() - again.size())
                        .as("asked in all")
                        .isEqualTo((int) last.getPlanned().getGenerationCount());
            }
        }
    }

    /** The drift of other models may be measured at the same time. */
    private static List<String> answered(ScriptedGenerator generator) {
        return generator.answered().stream()
                .filter(each -> each.startsWith("models/paused"))
                .toList();
    }
}
