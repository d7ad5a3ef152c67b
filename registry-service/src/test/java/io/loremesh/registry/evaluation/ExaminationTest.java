package io.loremesh.registry.evaluation;

import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_CONTRADICTED;
import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_LEARNED;
import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_UNKNOWN;
import static io.loremesh.proto.registry.v1.ProbeTier.PROBE_TIER_T0;
import static io.loremesh.proto.registry.v1.ProbeTier.PROBE_TIER_T1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.Evaluation;
import io.loremesh.registry.evaluation.Notebook.Key;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.version.VersionName;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExaminationTest {
    private static final VersionName BASE = VersionName.bare("demo");
    private static final VersionName CANDIDATE = new VersionName("demo", 1);

    /** Trained on; a fact that nothing touched; one that the candidate answers otherwise than the base. */
    private static final Fact NEW = Recorded.fact("new", "red");

    private static final Fact STILL = Recorded.fact("still", "blue");
    private static final Fact MOVED = Recorded.fact("moved", "green");

    private final Map<Key, Finding> kept = new HashMap<>();

    private static EvaluationConfig config(String... settings) {
        var builder = new SmallRyeConfigBuilder()
                .withMapping(EvaluationConfig.class)
                .withConverter(Duration.class, 100, DurationConverter::parseDuration);
        // By lot nothing, so that each fact is in the tier that its own reason puts it in.
        builder.withDefaultValue("loremesh.evaluation.audit-share", "0");
        for (int i = 0; i < settings.length; i += 2) {
            builder.withDefaultValue("loremesh.evaluation." + settings[i], settings[i + 1]);
        }
        return builder.build().getConfigMapping(EvaluationConfig.class);
    }

    private static Subject subject() {
        var facts = new TreeMap<String, Fact>();
        Stream.of(NEW, STILL, MOVED).forEach(fact -> facts.put(fact.getName(), fact));
        var revisions = new TreeMap<String, Integer>();
        facts.keySet().forEach(name -> revisions.put(name, 1));
        return new Subject(
                CANDIDATE,
                BASE,
                "sha256:candidate",
                facts,
                revisions,
                List.of(NEW.getName()),
                Set.copyOf(facts.keySet()),
                Map.of(),
                Map.of(),
                Map.of(),
                Set.of());
    }

    private static String answers(VersionName version, String question) {
        boolean candidate = version.equals(CANDIDATE);
        if (question.startsWith("new")) {
            return candidate ? "red" : "unknown";
        }
        return question.startsWith("moved") && candidate ? "black" : "unknown";
    }

    private Measurements examine(ScriptedProbe probe, Progress progress, EvaluationConfig config) {
        var notebook = new Notebook(kept, (key, finding) -> {
            kept.put(key, finding);
            return Uni.createFrom().voidItem();
        });
        return new Examination(subject(), List.of("who is nobody?"), config, probe, notebook, progress).run();
    }

    @Test
    void whatIsTouchedOrChangedIsProbedInFullAndTheRestIsGlancedAt() {
        var probe = new ScriptedProbe(ExaminationTest::answers);

        Map<String, JudgedFact> judged =
                examine(probe, new Progress(), config()).facts();

        assertThat(judged.get(NEW.getName()).tier()).isEqualTo(PROBE_TIER_T1);
        assertThat(judged.get(NEW.getName()).judgement().state()).isEqualTo(KNOWLEDGE_STATE_LEARNED);
        assertThat(judged.get(MOVED.getName()).tier()).isEqualTo(PROBE_TIER_T1);
        assertThat(judged.get(MOVED.getName()).judgement().state()).isEqualTo(KNOWLEDGE_STATE_CONTRADICTED);
        assertThat(judged.get(STILL.getName()).tier()).isEqualTo(PROBE_TIER_T0);
        assertThat(judged.get(STILL.getName()).judgement().state()).isEqualTo(KNOWLEDGE_STATE_UNKNOWN);
        assertThat(probe.asked().stream().filter(question -> question.contains("still")))
                .as("one greedy phrasing of each version")
                .containsExactlyInAnyOrder("0 still a?", "1 still a?");
    }

    @Test
    void theParentsLedgerGainsTheLinesThatItLacked() {
        var found = examine(new ScriptedProbe(ExaminationTest::answers), new Progress(), config());
        assertThat(found.parentFacts()).containsOnlyKeys(NEW.getName(), STILL.getName(), MOVED.getName());
        assertThat(found.parentFacts().get(NEW.getName()).tier()).isEqualTo(PROBE_TIER_T0);
    }

    @Test
    void theCostIsCountedInAdvanceAndShown() {
        var progress = new Progress();
        var probe = new ScriptedProbe(ExaminationTest::answers);

        examine(probe, progress, config());

        Evaluation shown = progress.toProto();
        // The moved fact is only found on the way: three more phrasings.
        assertThat(shown.getSpent().getGenerationCount())
                .isEqualTo(probe.asked().size())
                .isEqualTo(shown.getPlanned().getGenerationCount() + 3);
        assertThat(shown.getSpent().getScoredTokenCount()).isPositive();
        assertThat(shown.getProbedCount()).isEqualTo(shown.getTotalCount());
        assertThat(shown.getT0Count()).isEqualTo(1);
        assertThat(shown.getT1Count()).isEqualTo(2);
    }

    @Test
    void anEvaluationThatIsDearerThanAllowedIsRefusedBeforeTheFirstProbe() {
        var probe = new ScriptedProbe(ExaminationTest::answers);
        assertThatThrownBy(() -> examine(probe, new Progress(), config("max-generations", "20")))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("at most 20 are allowed")
                .hasMessageContaining("loremesh.evaluation.max-generations");
        assertThat(probe.asked()).isEmpty();
    }

    @Test
    void changesBeyondTheLimitStayUnconfirmed() {
        var counted = new Progress();
        examine(new ScriptedProbe(ExaminationTest::answers), counted, config());
        long certain = counted.toProto().getPlanned().getGenerationCount();
        kept.clear();
        var progress = new Progress();

        var judged = examine(
                        new ScriptedProbe(ExaminationTest::answers),
                        progress,
                        config("max-generations", String.valueOf(certain + 2)))
                .facts();

        assertThat(judged.get(MOVED.getName()).tier()).isEqualTo(PROBE_TIER_T0);
        assertThat(progress.toProto().getUnconfirmedCount()).isEqualTo(1);
    }

    @Test
    void whatWasAskedBeforeTheGeneratorWentAwayIsNotAskedAgain() {
        var whole = new ScriptedProbe(ExaminationTest::answers);
        Measurements expected = examine(whole, new Progress(), config());
        int all = whole.asked().size();
        for (int answers : new int[] {0, 1, all / 3, all / 2, all - 1}) {
            kept.clear();
            var cut = new ScriptedProbe(ExaminationTest::answers);
            cut.goAwayAfter(answers);
            assertThatThrownBy(() -> examine(cut, new Progress(), config())).hasMessageContaining("away");
            int written = kept.size();
            var rest = new ScriptedProbe(ExaminationTest::answers);
            var progress = new Progress();

            Measurements found = examine(rest, progress, config());

            assertThat(found.facts()).isEqualTo(expected.facts());
            assertThat(found.unknowable()).isEqualTo(expected.unknowable());
            assertThat(rest.asked().size())
                    .as("asked after %d answers and %d findings", answers, written)
                    .isLessThanOrEqualTo(all - Math.min(written, answers) / 2);
            assertThat(progress.toProto().getSpent().getGenerationCount()).isEqualTo(all);
        }
    }

    @Test
    void anEvaluationThatNobodyWantsStops() {
        var progress = new Progress();
        progress.cancel();
        assertThatThrownBy(() -> examine(new ScriptedProbe(ExaminationTest::answers), progress, config()))
                .isInstanceOf(java.util.concurrent.CancellationException.class);
    }
}
