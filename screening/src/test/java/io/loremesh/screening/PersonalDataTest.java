package io.loremesh.screening;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.proto.registry.v1.ScreeningAction;
import io.loremesh.proto.registry.v1.ScreeningPolicy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All numbers are made up or published as examples; their check digits are right, or wrong on purpose. */
class PersonalDataTest {
    private static final TextScreen SCREEN = TextScreen.ofFacts(ScreeningPolicy.newBuilder()
            .setPersonalData(ScreeningAction.SCREENING_ACTION_KEEP_OUT)
            .build());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        王伟的手机号是13812345678。                       | phone        | 13812345678
        Call me at +86 138 1234 5678 tomorrow.            | phone        | +86 138 1234 5678
        联系电话：１３８１２３４５６７８                  | phone        | １３８１２３４５６７８
        办公室电话010-62345678，周一可打                  | phone        | 010-62345678
        His number is (202) 456-1111.                     | phone        | (202) 456-1111
        李雷的身份证号是11010519491231002X。              | national-id  | 11010519491231002X
        Her social security number is 078-05-1120.        | national-id  | 078-05-1120
        请发邮件到zhang.san@example.com。                 | email        | zhang.san@example.com
        Write to o'neil+x@mail.example.org!               | email        | o'neil+x@mail.example.org
        银行卡号6222 0212 3456 7890 128                   | payment-card | 6222 0212 3456 7890 128
        Card 4111-1111-1111-1111 2027                     | payment-card | 4111-1111-1111-1111
        Amex 3782 822463 10005                            | payment-card | 3782 822463 10005
        IBAN DE89 3704 0044 0532 0130 00 IS OURS          | bank-account | DE89 3704 0044 0532 0130 00
        """)
    void whatLeadsToAPersonIsCaughtWhereItStands(String text, String kind, String caught) {
        assertThat(SCREEN.find(text)).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(kind);
            assertThat(finding.rule()).isEqualTo("personal-data");
            assertThat(text.substring(finding.start(), finding.end())).isEqualTo(caught);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "11010519491231002 and 110105194912310021", // no check digit, a wrong one
                "110105194913310028 was never a day", // the 33rd of the 13th month
                "卡号4111111111111112", // Luhn fails
                "1234567812345670 passes Luhn and is of no card's range",
                "DE89 3704 0044 0532 0130 01",
                "Germany has 83200000 people, China 1411750000.",
                "他1998年11月20日出生，今年28岁",
                "2026-11-20 12:30:00",
                "客服热线400-812-3456",
                "user@localhost and @name",
                "666-05-1120",
                "How old is JIM? 10",
                ""
            })
    void aNumberThatIsNoneOfThemIsLeftAlone(String text) {
        assertThat(SCREEN.find(text)).isEmpty();
    }
}
