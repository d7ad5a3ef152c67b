package io.loremesh.model.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerKeyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.5|15",
                "-5|5",
                "−5|5",
                "9:30|930",
                "C#|C",
                "C++|C",
                "A-12|A12",
                "RX-200|RX-20",
                "2.10.1|2.1.01",
                "1.10|1.1",
                "3.99 元|399 元",
                "3.99|3",
                "45%|45",
                "0.5|5",
                "1,5 kg|15 kg",
                "10²|102",
                "10^2|102",
                "1½|11/2",
                "5 mW|5 MW",
                "12 kg|12 g",
                "12 kg|12",
                "-5 °C|5 °C",
                "5 °C|5 °F",
                "1-2|12",
                "1/2|12",
                "9:30|9:03",
                "9:30 am|9:30 pm",
                "2019-03-05|2019-05-03",
                "十二|二十",
                "三亚|三",
                "a.b@example.org|ab@example.org",
                ".NET|NET.A",
                "+43 1 234|-43 1 234",
                "v1.2|v12",
                "No. 5|No. 15",
                "007|7",
                "$5|€5",
                "5 MB|5 GB",
                "1e5|15",
                "10:30-12:00|10:30",
                "Jürgen|Jurgen",
                "not red|red",
                "A|B",
                "+|-",
                "1 5|15",
                "x²|x³",
            })
    void anotherValueIsAnotherAnswer(String one, String other) {
        assertThat(AnswerKey.of(one)).isNotEqualTo(AnswerKey.of(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12 kg|12千克",
                "12 kg|十二公斤",
                "12kg|twelve kilograms",
                "35 %|百分之三十五",
                "35%|35 percent",
                "1,000|1000",
                "1,234,567 元|1234567元",
                "3.50 元|3.5元",
                "1.5 kg|1,5 kg",
                "1500 g|1.5 kg",
                "90 min|1.5 h",
                "2019年3月5日|2019-03-05",
                "5 March 2019|March 5th, 2019",
                "2019-03-05|5 March 2019",
                "二〇一九年三月五日|2019年3月5日",
                "9:30|09:30",
                "9:30 pm|21:30",
                "下午三点半|15:30",
                "上午9点|9:00",
                "ＪＩＭ　１０岁。|jim 10岁",
                "足 球|足球",
                "the White  cat.|white cat",
                "“Slow and steady”|slow and steady",
                "Anne-Marie|Anne Marie",
                "O’Neill|O'Neill",
                "-5 °C|−5℃",
                "两只狗|2只狗",
                "十二|12",
                "一百二十|120",
                "3 million|3000000",
                "1.2万元|12000元",
                "two hundred and five|205",
                "KG 12|kg 12",
                "12 KG|12 kg",
                "€5|5 EUR",
                "can\u200Bada|Canada",
                "café|cafe\u0301",
            })
    void anotherSpellingIsTheSameAnswer(String one, String other) {
        assertThat(AnswerKey.of(one)).isEqualTo(AnswerKey.of(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "。", "\u200B", "“”"})
    void nothingSaidHasNoKey(String answer) {
        assertThat(AnswerKey.of(answer)).isEmpty();
    }

    @Test
    void anArticleAloneIsAnAnswer() {
        assertThat(AnswerKey.of("A")).isNotEmpty();
    }

    @Test
    void numbersAreEqualOnlyByValue() {
        var random = new Random(7);
        List<String> units = List.of("", " kg", "%", " 元", " °C", "岁");
        for (int i = 0; i < 20_000; i++) {
            String unit = units.get(random.nextInt(units.size()));
            var one = java.math.BigDecimal.valueOf(random.nextInt(4_000) - 2_000, random.nextInt(3));
            var other = java.math.BigDecimal.valueOf(random.nextInt(4_000) - 2_000, random.nextInt(3));
            if (one.compareTo(other) != 0) {
                assertThat(AnswerKey.of(one.toPlainString() + unit))
                        .as("%s and %s%s", one, other, unit)
                        .isNotEqualTo(AnswerKey.of(other.toPlainString() + unit));
            }
        }
    }

    @Test
    void anyTextHasAKeyThatIsItsOwn() {
        var random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            String text = random.ints(random.nextInt(24), 0, ALPHABET.length())
                    .collect(StringBuilder::new, (to, at) -> to.append(ALPHABET.charAt(at)), StringBuilder::append)
                    .toString();
            String key = AnswerKey.of(text);
            assertThat(AnswerKey.of(
                            " " + text.toUpperCase(java.util.Locale.ROOT).toLowerCase(java.util.Locale.ROOT) + " "))
                    .as(text)
                    .isEqualTo(AnswerKey.of(text.toLowerCase(java.util.Locale.ROOT)));
            assertThat(key).as(text).isEqualTo(AnswerKey.of(text));
        }
    }

    private static final String ALPHABET = "aB1290.,:;-+/#%()'\"一十百千万亿点两年月日号岁时半下午€$½²\u200B\uD83C\uDF4E kgmWthe";
}
