package io.loremesh.registry.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.events.Event;
import io.loremesh.events.EventType;
import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.generator.v1.Path;
import io.loremesh.proto.generator.v1.TrialArm;
import io.loremesh.proto.generator.v1.TrialPart;
import io.loremesh.proto.registry.v1.GetLineageRequest;
import io.loremesh.proto.registry.v1.GivenAnswer;
import io.loremesh.proto.registry.v1.Lineage;
import io.loremesh.registry.Eventually;
import io.loremesh.registry.KafkaCaller;
import io.loremesh.registry.RealParts;
import io.loremesh.registry.RegistryCaller;
import io.loremesh.registry.resource.Timestamps;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealParts.class)
class GivenAnswersIT {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @TestHTTPResource
    URL address;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrap;

    private RegistryCaller registry;
    private KafkaCaller kafka;

    @BeforeEach
    void open() {
        registry = new RegistryCaller(address);
        kafka = new KafkaCaller(bootstrap);
    }

    @AfterEach
    void close() {
        kafka.close();
        registry.close();
    }

    @Test
    void aComplaintLeadsByItsTraceToTheVersionThatAnswered() {
        registry.createModel("traced");
        String version =
                registry.createVersion("traced", "adapter of traced", List.of()).getName();
        // The consumer begins at the end of a topic that it may not have found yet.
        Eventually.holds(() -> {
            tell(answer(UUID.randomUUID().toString(), version));
            assertThat(lineage(version).getAnswerCount()).isPositive();
        });
        Answer given = answer("complained-about", version).toBuilder()
                .setTraceId(TRACE)
                .setFact("facts/harbour")
                .setCreateTime(Timestamps.of(Instant.now().plusSeconds(60)))
                .build();

        tell(given);
        tell(given);
        tell(answer("shadow", version).toBuilder()
                .setTrial(TrialPart.newBuilder().setMove(1).setArm(TrialArm.TRIAL_ARM_SHADOW))
                .build());
        tell(answer("base", "models/traced"));
        tell(answer("last", version));

        Eventually.holds(() -> assertThat(lineage(version).getAnswersList())
                .extracting(GivenAnswer::getAnswerId)
                .contains("last"));
        Lineage lineage = lineage(version);
        assertThat(lineage.getAnswersList())
                .hasSize((int) lineage.getAnswerCount())
                .extracting(GivenAnswer::getAnswerId)
                .containsOnlyOnce("complained-about", "last")
                .doesNotContain("shadow", "base");
        assertThat(lineage.getAnswers(0))
                .isEqualTo(GivenAnswer.newBuilder()
                        .setAnswerId("complained-about")
                        .setTraceId(TRACE)
                        .setFact("facts/harbour")
                        .setCreateTime(lineage.getAnswers(0).getCreateTime())
                        .build());
    }

    private Lineage lineage(String version) {
        return registry.calls()
                .lineage()
                .getLineage(GetLineageRequest.newBuilder().setVersion(version).build());
    }

    private static Answer answer(String id, String version) {
        return Answer.newBuilder()
                .setAnswerId(id)
                .setQuestion("Who keeps the harbour?")
                .setText("Ann")
                .setPath(Path.PATH_WEIGHTS)
                .setVersion(version)
                .setCreateTime(Timestamps.of(Timestamps.now()))
                .build();
    }

    /** One key: in order. */
    private void tell(Answer answer) {
        kafka.send(Event.of(EventType.ANSWER_GIVEN, "/generator", "answers/traced", answer));
    }
}
