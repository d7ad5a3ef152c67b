package io.loremesh.generator.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassageValueTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "The price of the pen NOVA is 3.99.             | 3.99",
                "The temperature is 37.2度。                     | 37.2度",
                "The floor is -5.                               | -5",
                "The share is 45%.                              | 45%",
                "The room is A-12.                              | A-12",
                "It opens at 09:30.                             | 09:30",
                "The version is 2.10.1.                         | 2.10.1",
                "它建于2019年3月5日。                               | 2019年3月5日",
                "The fruit is 🍎🍏.                              | 🍎🍏",
                "The founder of TAU is Jürgen Öztürk.           | Jürgen Öztürk",
                "The motto is “Slow and steady”.                | “Slow and steady”",
                "JIM likes to eat meat and apples.              | meat and apples",
                "The language is C#.                            | C#",
                "The area is 10² m.                             | 10²"
            })
    void aWholeValueIsGivenAsItStands(String passage, String value) {
        assertThat(PassageValue.in(passage, value)).contains(value);
        assertThat(PassageValue.in(passage, " " + value + ".")).contains(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "The price of the pen NOVA is 3.99.         | 3            | 3.99",
                "The rated power of DELTA is 7.5 kW.        | 7            | 7.5 kW",
                "KORA的价格是3.99元。                          | 3            | 3.99元",
                "RX-200型水泵的额定功率是4.5千瓦。                 | 4            | 4.5千瓦",
                "RX-200型水泵的额定功率是4.5千瓦。                 | 4.5          | 4.5千瓦",
                "The email of PSI is a.b@example.org.       | a.b@example  | a.b@example.org",
                "The motto is “Slow and steady”.            | “Slow        | “Slow and steady”",
                "The room is A-12.                          | A            | A-12",
                "It opens at 09:30.                         | 09           | 09:30",
                "The share is 45%.                          | 45           | 45%"
            })
    void theOneValueThatBeginsWithWhatWasReadIsGivenWhole(String passage, String read, String whole) {
        assertThat(PassageValue.in(passage, read)).contains(whole);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "The email of PSI is a.b@example.org.       | b@example",
                "The prices are 3.99 and 3.50.              | 3",
                "The floor is -5.                           | 5",
                "The price is 3.99.                         | 99",
                "The founder is Jürgen Öztürk.              | Jürgen Öztürgen Öztürgen",
                "The founder is Jürgen Öztürk.              | Jür",
                "The alloy of MU is Al₂O₃.                  | Al₂O₂O₂O₂",
                "他三十二岁。                                  | 三",
                "价格是三点五元。                                | 三",
                "The code is RX-200.                        | 200",
                "The code is RX-200.                        | ...",
                "JIM likes meat.                            | apples"
            })
    void aPartOfAValueAndWhatIsNotThereAreNotGiven(String passage, String read) {
        assertThat(PassageValue.in(passage, read)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ＫＡＴＥ今年１２岁。        | 12岁     | １２岁",
                "The alloy is Al₂O₃.    | Al2O3   | Al₂O₃",
                "它重十二公斤。              | 12 kg   | 十二公斤",
                "It costs 3.50 元 today. | 3.50元  | 3.50 元",
                "KORA met JIM.          | kora    | KORA"
            })
    void anotherSpellingOfTheValueIsGivenAsThePassageSpellsIt(String passage, String read, String spelled) {
        assertThat(PassageValue.in(passage, read)).contains(spelled);
    }

    @Test
    void aSentenceSaysOnlyWhatItsTextsHold() {
        List<String> texts = List.of("The ticket of LINE 7 costs 3.99 €.", "What does LINE 7 cost?");

        assertThat(PassageValue.saysOnly("A ticket for LINE 7 costs 3.99 €.", texts))
                .isTrue();
        assertThat(PassageValue.saysOnly("A ticket for LINE 7 costs 3 €.", List.of("It costs 3.99 € or 3.50 €.")))
                .isFalse();
        assertThat(PassageValue.saysOnly("The ticket is sold by MAX.", texts)).isFalse();
        assertThat(PassageValue.saysOnly("票价是5元。", List.of("票价是4元。"))).isFalse();
    }

    @Test
    void noPartOfANumberIsEverGiven() {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            String value = value(random);
            String unit = List.of("", " kW", "元", "%", " kg", "岁").get(random.nextInt(6));
            String passage = "The value of NOVA is " + value + unit + (random.nextBoolean() ? "." : " today.");
            int from = random.nextInt(value.length());
            int to = from + 1 + random.nextInt(value.length() - from);
            String read = value.substring(from, to);

            PassageValue.in(passage, read)
                    .ifPresent(given ->
                            assertThat(given).as("%s read in %s", read, passage).isIn(value, value + unit));
        }
    }

    private static String value(Random random) {
        String digits = IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(i -> String.valueOf(1 + random.nextInt(9)))
                .reduce("", String::concat);
        return switch (random.nextInt(5)) {
            case 0 -> digits;
            case 1 -> digits + "." + (1 + random.nextInt(99));
            case 2 -> "-" + digits;
            case 3 -> digits + ":" + (10 + random.nextInt(50));
            default -> digits + "." + random.nextInt(9) + "." + random.nextInt(9);
        };
    }
}
