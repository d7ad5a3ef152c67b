package io.loremesh.retriever.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatedAnswerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "JIM今年10岁。|10",
                "JIM今年１０岁。|10",
                "Jim is 10.|10",
                "Jim is 10, Tom is 8.|10",
                "JIM今年10岁。|10岁",
                "He lives in  New York now.|new york",
                "他住在上海。|上海",
                "他养了一只狗。|狗。"
            })
    void statesAWholeAnswer(String text, String answer) {
        assertThat(StatedAnswer.in(text, answer)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "JIM生于2010年。|10",
                "JIM身高110厘米。|10",
                "价格是10.5元。|10",
                "价格是3.10元。|10",
                "JIM的生日是10月3日。|10",
                "现在是10:30。|10",
                "JIM排在第10名。|10",
                "The A10 engine.|10",
                "He is a catcher.|cat",
                "JIM今年11岁。|10"
            })
    void partOfSomethingElseIsNotTheAnswer(String text, String answer) {
        assertThat(StatedAnswer.in(text, answer)).isFalse();
    }
}
