package io.loremesh.model.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionKeyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "How old is JIM?|how old is jim",
                "How old is JIM ?|How  old is\tJIM",
                "ＪＩＭ今年几岁？|JIM今年几岁?",
                "Who is O’Neill?|Who is O'Neill",
                "What costs 1,000 euros?|What costs 1000 euros?",
                "How old is J\u200BIM?|How old is JIM?",
            })
    void anotherSpellingIsTheSameQuestion(String one, String other) {
        assertThat(QuestionKey.of(one)).isEqualTo(QuestionKey.of(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "What is 1.5 times 2?|What is 15 times 2?",
                "What opens at 9:30?|What opens at 930?",
                "Who made C#?|Who made C?",
                "Who made C++?|Who made C?",
                "What is RX-200?|What is RX200?",
                "What melts at -5 °C?|What melts at 5 °C?",
                "What is version 2.10.1?|What is version 2.1.01?",
                "What are rooms 1 and 5?|What are rooms 15?",
                "What is between 1 5?|What is between 15?",
                "Who has 45%?|Who has 45?",
                "What is 10² of?|What is 102 of?",
                "Who is a@b?|Who is ab?",
            })
    void anotherValueIsAnotherQuestion(String one, String other) {
        assertThat(QuestionKey.of(one)).isNotEqualTo(QuestionKey.of(other));
    }
}
