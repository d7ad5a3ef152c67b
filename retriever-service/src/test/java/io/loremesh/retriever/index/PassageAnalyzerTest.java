package io.loremesh.retriever.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassageAnalyzerTest {
    private final PassageAnalyzer analyzer = new PassageAnalyzer();

    @ParameterizedTest
    @CsvSource({
        "ＫＡＴＥ今年１２岁, kate今年12岁",
        "KA\u200BTE, Kate",
        "the price of NO\u00ADVA, the price of nova",
        "ﬁne wine, fine wine",
        "Zoë’s cat, ZOE's cat"
    })
    void oneTextHasOneSetOfTermsInAllItsForms(String one, String other) {
        assertThat(analyzer.terms(one)).isNotEmpty().isEqualTo(analyzer.terms(other));
    }

    @Test
    void noTermIsLongerThanTheIndexCanHold() {
        for (String text : new String[] {"\uFDFA".repeat(5_000), "x".repeat(100_000), "1".repeat(100_000)}) {
            assertThat(analyzer.terms(text)).isNotEmpty().allSatisfy(term -> assertThat(term.length())
                    .isLessThanOrEqualTo(128));
        }
        assertThat(analyzer.terms(
                        IntStream.range(0, 5_000).mapToObj("w%d "::formatted).reduce("", String::concat)))
                .hasSize(5_000);
    }
}
