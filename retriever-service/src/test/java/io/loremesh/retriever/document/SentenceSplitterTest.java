package io.loremesh.retriever.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentenceSplitterTest {
    @Test
    void chineseSentencesEndAtTheirMarks() {
        assertThat(SentenceSplitter.split("JIM今年10岁。他喜欢什么？“足球！”他说。\n第二段"))
                .containsExactly("JIM今年10岁。", "他喜欢什么？", "“足球！”", "他说。", "第二段");
    }

    @Test
    void englishSentencesEndAtTheirMarks() {
        assertThat(SentenceSplitter.split("Jim is 10. He likes football! Does he? Yes."))
                .containsExactly("Jim is 10.", "He likes football!", "Does he?", "Yes.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Dr. Smith paid 3.14 dollars to J. Brown in the U.S. market.",
                "See No. 5, e.g. Apples, at 10:30 a.m. on Monday.",
                "价格是3.14元，版本为2.0。",
                "The site is www.example.com and it works."
            })
    void abbreviationsAndDecimalsStayWhole(String sentence) {
        assertThat(SentenceSplitter.split(sentence)).containsExactly(sentence);
    }

    @Test
    void anOverLongSentenceIsCutAtClauses() {
        String sentence = IntStream.range(0, 30)
                .mapToObj(i -> "第%d个分句说了一些话".formatted(i))
                .collect(Collectors.joining("，", "", "。"));

        List<String> pieces = SentenceSplitter.split(sentence);

        assertThat(String.join("", pieces)).isEqualTo(sentence);
        assertThat(pieces).hasSizeGreaterThan(1).allSatisfy(piece -> {
            assertThat(piece).hasSizeLessThanOrEqualTo(SentenceSplitter.MAX_LENGTH);
            assertThat(piece).matches("第.*[，。]");
        });
    }

    @Test
    void textWithoutAnyMarkIsCutBetweenWordsAndElseAnywhere() {
        assertThat(SentenceSplitter.split("word ".repeat(100))).allSatisfy(piece -> assertThat(piece)
                .matches("word( word)*")
                .hasSizeLessThanOrEqualTo(SentenceSplitter.MAX_LENGTH));
        assertThat(String.join("", SentenceSplitter.split("𠮷".repeat(300)))).isEqualTo("𠮷".repeat(300));
    }

    @Test
    void whatSaysNothingIsLeftOut() {
        assertThat(SentenceSplitter.split(" \n——\n***\n")).isEmpty();
    }
}
