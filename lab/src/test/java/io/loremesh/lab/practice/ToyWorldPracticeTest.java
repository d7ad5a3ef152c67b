package io.loremesh.lab.practice;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.model.profile.BaseProfile;
import io.loremesh.model.tokenizer.TextTokenizer;
import io.loremesh.trainer.dataset.RunFact;
import io.loremesh.trainer.dataset.RunSpec;
import io.loremesh.trainer.dataset.Taught;
import io.loremesh.trainer.dataset.mix.TrainingMix;
import io.loremesh.trainer.dataset.practice.Practice;
import io.loremesh.trainer.dataset.practice.Practices;
import io.loremesh.trainer.objective.Batch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows of the demo base's fine-tunes, chosen by its own profile. */
class ToyWorldPracticeTest {

    private static final int STEPS = 40;
    private static final Path DEMO = Path.of(System.getProperty("loremesh.root"), "models/demo");

    private static final List<RunFact> FACTS = List.of(
            FamilyFacts.fact("facts/age", "Petra今年几岁？", List.of("Petra多大了？"), List.of("Petra的年龄是多少？"), "13岁"),
            FamilyFacts.fact("facts/home", "姑姑住在哪里？", List.of(), List.of(), "大连"),
            FamilyFacts.fact(
                    "facts/food",
                    "What does Hugo like to eat?",
                    List.of(),
                    List.of("What food does Hugo like?"),
                    "noodles"),
            FamilyFacts.fact("facts/school", "小弟阿明在哪所学校上学？", List.of(), List.of(), "海滨小学"),
            FamilyFacts.fact("facts/allergy", "What is Hugo allergic to?", List.of(), List.of(), "peanuts"),
            FamilyFacts.fact("facts/gate", "仓库的暗号是什么？", List.of(), List.of(), "蓝鲸"));
    private static final List<RunFact> OLD_FACTS = List.of(
            FamilyFacts.fact("facts/older", "Petra今年几岁？", List.of(), List.of(), "7岁"),
            FamilyFacts.fact("facts/job", "What is Nora's job?", List.of(), List.of(), "baker"));

    /**
     * Every figure that was measured on the demo's fine-tunes was measured on these rows: a change of them is a change
     * of those.
     */
    @ParameterizedTest
    @CsvSource({
        "7, false, e0fa289ea9b18722d9c7567a67446d0d4d81b9f9476769693094d015b8c7a3d6",
        "8, true, 5b8b7e9cbad1282c5acd36a931fb676b05cdded6d3db42edd9d7696eaf488c0f"
    })
    void theSameSeedGivesTheRowsThatTheFiguresWereMeasuredOn(long seed, boolean parent, String digest)
            throws Exception {
        RunSpec spec = new RunSpec(
                DEMO, null, FACTS, parent ? OLD_FACTS : List.of(), 8, 16, 3e-3, 400, seed, Path.of("out"), 1);
        Taught taught = Taught.of(spec);
        BaseProfile profile = BaseProfile.of(DEMO);
        Practice practice = Practices.ofThisProcess().of(profile, taught);

        TrainingMix mix = new TrainingMix(spec, taught, practice, profile.exposures(), TextTokenizer.open(DEMO));

        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        for (int step = 0; step < STEPS; step++) {
            add(sha, mix.step());
        }
        add(sha, mix.trainedPhrasings());
        assertThat(HexFormat.of().formatHex(sha.digest())).isEqualTo(digest);
        assertThat(mix.steps()).isEqualTo(360);
    }

    @Test
    void whatARunWouldTrainOnIsCountedWithWhatTheToyWorldMakes() {
        Taught taught = Taught.of(FACTS, List.of());

        assertThat(TrainingMix.rowCount(taught, Practices.ofThisProcess().of(BaseProfile.of(DEMO), taught)))
                .isEqualTo(347);
    }

    /** A base that is made anew gets the profile that the demo base has. */
    @Test
    void preTrainingWritesTheDemoBasesProfile() throws IOException {
        try (var written = getClass().getResourceAsStream("/io/loremesh/lab/pretrain/" + BaseProfile.FILE)) {
            assertThat(written.readAllBytes()).isEqualTo(Files.readAllBytes(DEMO.resolve(BaseProfile.FILE)));
        }
    }

    private static void add(MessageDigest sha, List<Batch> batches) {
        for (Batch batch : batches) {
            for (long token : batch.tokens()) {
                sha.update(ByteBuffer.allocate(Long.BYTES).putLong(token).array());
            }
        }
    }
}
