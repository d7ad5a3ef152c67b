package io.loremesh.registry.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.model.answer.Language;
import org.junit.jupiter.api.Test;

class QuestionSetTest {
    @Test
    void bothLanguagesAskAsManyUnknowableQuestions() {
        assertThat(QuestionSet.UNKNOWABLE).hasSize(60).doesNotHaveDuplicates();
        assertThat(QuestionSet.UNKNOWABLE.stream().filter(q -> Language.of(q) == Language.ZH))
                .hasSize(30);
    }

    @Test
    void neutralQuestionsAreNoneOfThem() {
        assertThat(QuestionSet.NEUTRAL)
                .hasSize(40)
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(QuestionSet.UNKNOWABLE);
    }
}
