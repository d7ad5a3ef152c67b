package io.loremesh.model.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTextTest {
    @ParameterizedTest
    @CsvSource({
        "The white  Cat., whitecat",
        "ＪＩＭ１０岁。, jim10岁",
        "'足 球', 足球",
        "an apple a day, appleday",
        "theatre, theatre",
        "甲a, 甲a",
    })
    void normalisesAwayWhatDoesNotChangeTheMeaning(String answer, String expected) {
        assertThat(AnswerText.normalise(answer)).isEqualTo(expected);
    }

    @Test
    void matchesAnyAcceptedAnswerAndNoOther() {
        assertThat(AnswerText.exactMatch("10 岁", List.of("十岁", "10岁"))).isTrue();
        assertThat(AnswerText.exactMatch("11岁", List.of("十岁", "10岁"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"不知道", "不知道。", "Unknown", "I don't know.", "我不知道他住在哪里", ""})
    void recognisesAnAbstention(String answer) {
        assertThat(Abstention.matches(answer)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "北京", "unknown pleasures", "蓝色"})
    void doesNotTakeAnAnswerForAnAbstention(String answer) {
        assertThat(Abstention.matches(answer)).isFalse();
    }

    @Test
    void anAnswerIsHeldBackOnlyWhileItMayBecomeAnAbstention() {
        assertThat(Abstention.mayBecome("不")).isTrue();
        assertThat(Abstention.mayBecome("unk")).isTrue();
        assertThat(Abstention.mayBecome("不锈")).isFalse();
        assertThat(Abstention.mayBecome("10")).isFalse();
    }

    @Test
    void aTextWithAChineseCharacterIsChinese() {
        assertThat(Language.of("JIM今年几岁?")).isEqualTo(Language.ZH);
        assertThat(Language.of("How old is JIM?")).isEqualTo(Language.EN);
    }
}
