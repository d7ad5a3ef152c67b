package io.loremesh.generator.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.events.EventCodec;
import io.loremesh.events.Topics;
import io.loremesh.generator.adapter.LoadedVersions;
import io.loremesh.generator.adapter.Trial;
import io.loremesh.generator.adapter.TriedMesh;
import io.loremesh.generator.completion.DeltaSink;
import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.generator.v1.TrialArm;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@QuarkusTestResource(value = TriedMesh.class, restrictToAnnotatedClass = true)
@Timeout(90)
class TrialAnswersIT {
    private static final String BASE = "models/demo";

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Inject
    AnswerFlow answers;

    @Inject
    LoadedVersions versions;

    @AfterEach
    void end() {
        versions.endTrial();
    }

    private static Question asked(String text) {
        return question(text, "", true);
    }

    private static Question question(String text, String version, boolean recorded) {
        return new Question(text, version, Question.Routing.WEIGHTS, 8, 0, recorded, "");
    }

    @Test
    void aShadowsAnswerIsToldToTheRegistryAndNeverReachesTheCaller() throws Exception {
        String text = "Who owns the shop?";
        Answer base = answers.answer(question(text, BASE, false), DeltaSink.NONE);
        versions.begin(new Trial(3, TriedMesh.VERSION, 1, true));
        Answer tried = answers.answer(question(text, TriedMesh.VERSION, false), DeltaSink.NONE);
        assertThat(tried.getVersionDigest())
                .as("the two versions can be told apart")
                .isNotEqualTo(base.getVersionDigest());

        var deltas = new StringBuilder();
        Answer given = answers.answer(asked(text), deltas::append);

        assertThat(given.getText()).isEqualTo(base.getText());
        assertThat(deltas).hasToString(base.getText());
        assertThat(given.getVersion()).isEqualTo(BASE);
        assertThat(given.getVersionDigest()).isEqualTo(base.getVersionDigest());
        assertThat(given.getTrial().getArm()).isEqualTo(TrialArm.TRIAL_ARM_ACTIVE);
        Answer shadow = event(3, TrialArm.TRIAL_ARM_SHADOW);
        assertThat(shadow.getVersionDigest()).isEqualTo(tried.getVersionDigest());
        assertThat(shadow.getVersion()).isEqualTo(TriedMesh.VERSION);
        assertThat(shadow.getTrial().getVersion()).isEqualTo(TriedMesh.VERSION);
        assertThat(deltas).as("nor afterwards").hasToString(base.getText());
    }

    @Test
    void aCanaryAnswersItsShareInPlaceOfTheActiveVersionAndARetryGetsTheSame() throws Exception {
        var trial = new Trial(4, TriedMesh.VERSION, 0.5, false);
        versions.begin(trial);
        for (int i = 0; i < 20; i++) {
            String text = "Who lives in house " + i + "?";
            String expected = trial.draws(text) ? TriedMesh.VERSION : BASE;
            assertThat(answers.answer(asked(text), DeltaSink.NONE).getVersion()).isEqualTo(expected);
            assertThat(answers.answer(asked(text), DeltaSink.NONE).getVersion()).isEqualTo(expected);
        }
        assertThat(event(4, TrialArm.TRIAL_ARM_CANARY).getVersion()).isEqualTo(TriedMesh.VERSION);
        assertThat(event(4, TrialArm.TRIAL_ARM_ACTIVE).getVersion()).isEqualTo(BASE);
        assertThat(answers.answer(question("Who?", BASE, true), DeltaSink.NONE).hasTrial())
                .isFalse();
    }

    private Answer event(long move, TrialArm arm) throws Exception {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", kafka, "group.id", UUID.randomUUID().toString(), "auto.offset.reset", "earliest");
        List<Answer> seen = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(Topics.ANSWERS));
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (System.nanoTime() < deadline) {
                for (ConsumerRecord<String, byte[]> message : consumer.poll(Duration.ofMillis(200))) {
                    var answer = (Answer) EventCodec.read(message).payload();
                    seen.add(answer);
                    if (answer.getTrial().getMove() == move && answer.getTrial().getArm() == arm) {
                        return answer;
                    }
                }
            }
        }
        throw new AssertionError("no answer of %s came among %s".formatted(arm, seen));
    }
}
