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
                "Jan 5, 2019|Jan 5 2019",
                "45 %|45%",
                "R & D|R&D",
                "How old is Ann?| how old is ANN ",
                "1,000 men|1000 men",
                "谁 是 他？|谁是他",
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
                "What is 5*3?|What is 53?",
                "What is 5 * 3?|What is 53?",
                "between 1, 2|between 12",
                "5 - 3|53",
                "What is .5 of it|What is 5 of it",
                "What is 5!?|What is 5?",
                "5(3)|53",
                "Where is C#?|Where is C?",
                "45 %|45",
                "-5|5",
            })
    void anotherValueIsAnotherQuestion(String one, String other) {
        assertThat(QuestionKey.of(one)).isNotEqualTo(QuestionKey.of(other));
    }
}
