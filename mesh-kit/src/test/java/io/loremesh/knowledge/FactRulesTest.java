package io.loremesh.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.proto.knowledge.v1.Fact;
import org.junit.jupiter.api.Test;

class FactRulesTest {
    private static final Fact FACT =
            Fact.newBuilder().setQuestion("How old is Ann?").setAnswer("9").build();

    @Test
    void theSameQuestionInOtherSpellingIsTheSameFact() {
        var again =
                FACT.toBuilder().setQuestion(" how old is ANN ").setAnswer("10").build();

        assertThat(FactRules.named(again).getName())
                .isEqualTo(FactRules.named(FACT).getName());
    }

    @Test
    void subjectAndRelationNameAFactWhateverTheQuestion() {
        var one = FACT.toBuilder().setSubject("Ann").setRelation("age").build();
        var other = one.toBuilder().setQuestion("What is Ann's age?").build();

        assertThat(FactRules.named(other).getName())
                .isEqualTo(FactRules.named(one).getName())
                .isNotEqualTo(FactRules.named(FACT).getName());
    }

    @Test
    void aHeldOutPhrasingThatIsTrainedOnIsRefused() {
        var leaking = FACT.toBuilder().addHeldoutPhrasings("how old is ann").build();

        assertThat(FactRules.problem(leaking))
                .hasValueSatisfying(problem -> assertThat(problem).contains("holds out"));
    }

    @Test
    void aFactWithoutAnswerIsRefused() {
        assertThat(FactRules.problem(FACT.toBuilder().clearAnswer().build())).isPresent();
        assertThat(FactRules.problem(FACT)).isEmpty();
    }
}
