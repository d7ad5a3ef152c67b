package io.loremesh.model.answer;

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
                "他养了一只狗。|狗。",
                "The price of the pen NOVA is 3.99.|3.99",
                "The rated power is 7.5 kW.|7.5 kW",
                "KORA的价格是3.99元。|3.99元",
                "The email of PSI is a.b@example.org.|a.b@example.org",
                "The alloy of MU is Al₂O₃.|Al₂O₃",
                "It was written in C#.|C#",
                "The low is -5 °C.|-5",
                "Open 9:30-18:00.|9:30-18:00"
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
                "JIM今年11岁。|10",
                "The price of the pen NOVA is 3.99.|3",
                "The rated power is 7.5 kW.|7",
                "The rated power is 7.5 kW.|5",
                "The email of PSI is a.b@example.org.|b@example",
                "The email of PSI is a.b@example.org.|a.b@example",
                "It was written in C#.|C",
                "It was written in C++.|C",
                "The low is -5 °C.|5",
                "The share is 45%.|45",
                "The part is A-12.|12",
                "The alloy of MU is Al₂O₃.|Al₂O",
                "The version is 2.10.1.|2.10",
                "It costs 3 million.|3",
                "人口是12万。|12"
            })
    void partOfSomethingElseIsNotTheAnswer(String text, String answer) {
        assertThat(StatedAnswer.in(text, answer)).isFalse();
    }
}
