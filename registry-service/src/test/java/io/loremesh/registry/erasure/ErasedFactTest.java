package io.loremesh.registry.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.proto.knowledge.v1.Fact;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErasedFactTest {
    private static ErasedFact answered(String... answers) {
        return ErasedFact.of(List.of(answers).stream()
                .map(answer -> Fact.newBuilder()
                        .setName("facts/x")
                        .setQuestion("How old is Jim?")
                        .addHeldoutPhrasings("Jim's age?")
                        .setAnswer(answer)
                        .build())
                .toList());
    }

    @Test
    void anAnswerIsToldAsAWholeOrAsWordsOfItsOwn() {
        ErasedFact age = answered("10");
        assertThat(age.toldBy("10.")).isTrue();
        assertThat(age.toldBy("Jim is 10 years old.")).isTrue();
        assertThat(age.toldBy("since 2010")).isFalse();
        assertThat(age.toldBy("unknown")).isFalse();
    }

    @Test
    void aChineseAnswerIsToldWhereverItStands() {
        ErasedFact city = answered("北京");
        assertThat(city.toldBy("他住在北京。")).isTrue();
        assertThat(city.toldBy("不知道")).isFalse();
        assertThat(answered("10").toldBy("他今年10岁")).isTrue();
    }

    @Test
    void itIsInItsQuestionsHoweverTheyAreWrittenAndInWhatTellsIt() {
        ErasedFact age = answered("10");
        assertThat(age.isIn("how old is JIM")).isTrue();
        assertThat(age.isIn("Jim's age?")).isTrue();
        assertThat(age.isIn("Is Jim 10?")).isTrue();
        assertThat(age.isIn("How old is Ann?")).isFalse();
    }

    @Test
    void olderAnswersAreErasedTooAndTheProofRepeatsNone() {
        ErasedFact age = answered("10", "11");
        assertThat(age.toldBy("11")).isTrue();
        assertThat(age.toldBy("10")).isTrue();
        assertThat(age.digests()).hasSize(2).allMatch(digest -> digest.matches("[0-9a-f]{64}"));
        assertThat(age.heldoutQuestions()).containsExactly("Jim's age?");
    }
}
