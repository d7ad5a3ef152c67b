package io.loremesh.registry.evaluation;

import static io.loremesh.proto.registry.v1.EvaluationState.EVALUATION_STATE_CANCELLED;
import static io.loremesh.proto.registry.v1.EvaluationState.EVALUATION_STATE_WAITING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.proto.registry.v1.CancelEvaluationRequest;
import io.loremesh.proto.registry.v1.EvaluateVersionRequest;
import io.loremesh.proto.registry.v1.EvaluateVersionResponse;
import io.loremesh.proto.registry.v1.Evaluation;
import io.loremesh.proto.registry.v1.GetEvaluationRequest;
import io.loremesh.proto.registry.v1.ListEvaluationsRequest;
import io.loremesh.registry.Eventually;
import io.loremesh.registry.RealParts;
import io.loremesh.registry.RegistryCaller;
import io.loremesh.registry.evaluation.Finding.Told;
import io.loremesh.registry.evaluation.Notebook.Key;
import io.loremesh.registry.version.VersionRef;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The generator is away throughout: what an evaluation does then, and what it knows when it is taken up. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
class EvaluationIT {
    @TestHTTPResource
    URL address;

    @Inject
    EvaluationRecords records;

    @Inject
    EvaluationDesk desk;

    private RegistryCaller registry;

    @BeforeEach
    void open() {
        registry = new RegistryCaller(address);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private static String version(String model) {
        return "models/%s/versions/1".formatted(model);
    }

    private void oneVersion(String model) {
        registry.createModel(model);
        registry.createVersion(model, "adapter of " + model, List.of());
    }

    private Iterator<EvaluateVersionResponse> evaluate(String model) {
        return registry.calls()
                .evaluations()
                .evaluateVersion(EvaluateVersionRequest.newBuilder()
                        .setVersion(version(model))
                        .build());
    }

    private Evaluation only(String model) {
        var evaluations = registry.calls()
                .evaluations()
                .listEvaluations(ListEvaluationsRequest.newBuilder()
                        .setParent(version(model))
                        .build())
                .getEvaluationsList();
        assertThat(evaluations).hasSize(1);
        return evaluations.getFirst();
    }

    @Test
    void withoutTheGeneratorItWaitsSaysSoIsJoinedAndCanBeCancelled() {
        oneVersion("waits");
        Iterator<EvaluateVersionResponse> first = evaluate("waits");
        Evaluation waiting = first.next().getEvaluation();
        while (waiting.getState() != EVALUATION_STATE_WAITING) {
            waiting = first.next().getEvaluation();
        }
        assertThat(waiting.getDetail()).contains("the generator is away");
        assertThat(waiting.getPlanned().getGenerationCount()).isPositive();
        assertThat(evaluate("waits").next().getEvaluation().getName())
                .as("a second call joins")
                .isEqualTo(waiting.getName());

        Evaluation cancelled = registry.calls()
                .evaluations()
                .cancelEvaluation(CancelEvaluationRequest.newBuilder()
                        .setName(waiting.getName())
                        .setReason("not today")
                        .build());

        assertThat(cancelled.getState()).isEqualTo(EVALUATION_STATE_CANCELLED);
        assertThatThrownBy(() -> first.forEachRemaining(part -> {})).hasMessageContaining("not today");
        assertThat(only("waits").hasEndTime()).isTrue();
    }

    @Test
    void whatADeadProcessLeftIsTakenUpWithWhatItFoundOut() {
        oneVersion("left");
        long id = records.begin(new VersionRef.Numbered("left", 1), EvaluateVersionRequest.getDefaultInstance(), "")
                .await()
                .indefinitely()
                .id;
        int written = 5;
        for (String question : QuestionSet.NEUTRAL.subList(0, written)) {
            desk.keep(
                            id,
                            Key.question(Notebook.Kind.NEUTRAL, question),
                            Finding.of(List.of(new Told(question, "fish", 1_000))))
                    .await()
                    .indefinitely();
        }

        // No call begins it: the registry looks around by itself.
        Eventually.holds(() -> {
            Evaluation evaluation = registry.calls()
                    .evaluations()
                    .getEvaluation(GetEvaluationRequest.newBuilder()
                            .setName(only("left").getName())
                            .build());
            assertThat(evaluation.getState()).isEqualTo(EVALUATION_STATE_WAITING);
            assertThat(evaluation.getProbedCount()).isEqualTo(written);
            assertThat(evaluation.getSpent().getGenerationCount()).isEqualTo(written);
            assertThat(evaluation.getTotalCount()).isGreaterThan(written);
        });
    }
}
