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
            quoteCharacter = '`',
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
                "A positive|positive",
                "A minor|minor",
                "5\"|5",
                "5!|5",
                "5 Mb|5 MB",
                "100 Gb|100 GB",
                "5 mPa|5 MPa",
                "5 mV|5 MV",
                "5 nm|5 Nm",
                "5 K|5 k",
                "5 Mg|5 mg",
                "x²|x2",
                "晚上12点|12:00",
                "中午1点|01:00",
                "三百五|三百零五",
                "三百五|305",
                "二万三|20003",
                "一亿万|一亿",
                "两三个|23个",
                "三五天|35天",
                "二三|23",
                "two million thousand|two million",
                "no one|No 1",
                "十亿亿亿|一亿亿亿",
                "9:30 下午|9:30",
                "15 am|15:00",
                "½½|1/21/2",
                "-5 mW|5 mW",
                "±5|5",
                "$-5|$5",
                "+5|5",
                ".5|5",
                "0.50|0.5",
                "三万亿|三万",
                "十二千克|十千克",
                "1.2.5万|1.25000",
                "1 m|1 M",
                "第3|3",
                "24:00|0:00",
            })
    void anotherValueIsAnotherAnswer(String one, String other) {
        assertThat(AnswerKey.of(one)).isNotEqualTo(AnswerKey.of(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
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
                "二百五|250",
                "一千二|1200",
                "二万三|23000",
                "二万零三|20003",
                "一百零五|105",
                "一千零二十|1020",
                "一万亿|1000000000000",
                "三亿二千万|320000000",
                "十二千克|12 kg",
                "二千克|2 kg",
                "五千米|5 km",
                "十五|15",
                "二十|20",
                "一百十五|115",
                "二〇一九|2019",
                "5 MINUTES|5 minutes",
                "5 Min|5 min",
                "1 GHZ|1 GHz",
                "1 MHZ|1 MHz",
                "10 m²|10平方米",
                "10 m^2|10 square meters",
                "5 kB|5 KB",
                "《三体》|三体",
                "the \"Red\" car|The red car",
                "中午12点|12:00",
                "晚上9点|21:00",
                "12 am|0:00",
                "one hundred and five thousand|105000",
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

    /**
     * A loop of a regular expression costs a stack frame a turn unless it is possessive; worker threads have small
     * stacks.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.",
                "1.",
                "1,",
                "1-",
                "1:",
                "1/",
                "1",
                "a'",
                "a_",
                "a@a.",
                "½",
                "1.1.1.1",
                "一",
                "十",
                "万",
                "一点",
                "百分之",
                "二〇",
                "one ",
                "one hundred ",
                "one thousand ",
                "twenty-one ",
                "1 kg ",
                "$1",
                "-",
                "\u0301",
                "²",
                "㈠",
                "2019-03-05 ",
                "9:30 ",
                "1 of ",
                ". ",
                "😀"
            })
    void aLongTextHasAKeyOnASmallStack(String part) throws InterruptedException {
        String text = part.repeat(100_000 / part.length());
        List<Object> keys = new java.util.concurrent.CopyOnWriteArrayList<>();
        var small = new Thread(
                null,
                () -> {
                    keys.add(AnswerKey.of(text));
                    keys.add(QuestionKey.of(text));
                    keys.add(StatedAnswer.in(text, "7 cats"));
                },
                "small stack",
                256 << 10);

        small.start();
        small.join();

        assertThat(keys).hasSize(3);
    }

    /** Written in Chinese and in English, a number is the number; and two numbers are two. */
    @Test
    void numeralsAreEqualOnlyByValue() {
        var random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            int bits = 1 + random.nextInt(26);
            int number = random.nextInt(1 << bits);
            int other = random.nextInt(1 << bits);
            assertThat(AnswerKey.of(Numerals.chinese(number)))
                    .as("%d in Chinese: %s", number, Numerals.chinese(number))
                    .isEqualTo(AnswerKey.of(Integer.toString(number)));
            assertThat(AnswerKey.of(Numerals.english(number)))
                    .as("%d in English: %s", number, Numerals.english(number))
                    .isEqualTo(AnswerKey.of(Integer.toString(number)));
            if (number != other) {
                assertThat(AnswerKey.of(Numerals.chinese(number)))
                        .isNotEqualTo(AnswerKey.of(Numerals.chinese(other)))
                        .isNotEqualTo(AnswerKey.of(Numerals.english(other)));
            }
        }
    }

    private static final String ALPHABET = "aB1290.,:;-+/#%()'\"一十百千万亿点两年月日号岁时半下午€$½²\u200B\uD83C\uDF4E kgmWthe";
}
