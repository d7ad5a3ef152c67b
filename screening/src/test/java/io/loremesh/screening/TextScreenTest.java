package io.loremesh.screening;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.proto.registry.v1.ScreeningAction;
import io.loremesh.proto.registry.v1.ScreeningPolicy;
import io.loremesh.proto.registry.v1.ScreeningRule;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class TextScreenTest {
    private static final ScreeningRule INSULTS =
            rule("insults", "insult").addWords("笨蛋").addWords("ass").build();
    private static final ScreeningRule STAFF =
            rule("staff-numbers", "staff-number").setPattern("E-\\d{5}").build();

    private static ScreeningRule.Builder rule(String id, String kind) {
        return ScreeningRule.newBuilder().setId(id).setKind(kind).setAction(ScreeningAction.SCREENING_ACTION_KEEP_OUT);
    }

    private static TextScreen of(ScreeningRule... rules) {
        return TextScreen.ofFacts(
                ScreeningPolicy.newBuilder().addAllRules(List.of(rules)).build());
    }

    @Test
    void aRuleCatchesItsWordsInAnyCaseAndNotWithinOthers() {
        assertThat(of(INSULTS).find("他是笨蛋。What an ASS!"))
                .extracting(Finding::kind, Finding::rule, Finding::start)
                .containsExactly(Assertions.tuple("insult", "insults", 2), Assertions.tuple("insult", "insults", 13));
        assertThat(of(INSULTS).find("a class of its own")).isEmpty();
    }

    @Test
    void whatIsCaughtIsMaskedByItsKindAndTheRestStays() {
        String text = "E-12345 和 E-54321 写给 a@example.com。";
        TextScreen screen = TextScreen.ofAnswers(
                ScreeningPolicy.newBuilder().addRules(STAFF).build());

        assertThat(TextScreen.mask(text, screen.find(text))).isEqualTo("[staff-number] 和 [staff-number] 写给 [email]。");
    }

    @Test
    void whatOverlapsLeavesNothingBetweenToShow() {
        var findings = List.of(new Finding("a", "r", 1, 5), new Finding("b", "r", 3, 7));

        assertThat(TextScreen.mask("0123456789", findings)).isEqualTo("0[a][b]789");
    }

    @Test
    void aRuleThatIsOffForFactsStillScreensAnswers() {
        ScreeningPolicy policy = ScreeningPolicy.newBuilder()
                .addRules(STAFF.toBuilder().setAction(ScreeningAction.SCREENING_ACTION_OFF))
                .setPersonalData(ScreeningAction.SCREENING_ACTION_OFF)
                .build();

        assertThat(TextScreen.ofFacts(policy).find("E-12345, a@example.com")).isEmpty();
        assertThat(TextScreen.ofAnswers(policy).find("E-12345, a@example.com")).hasSize(2);
    }

    @Test
    void aPatternThatCannotBeReadOrCatchesNothingAtAllIsTold() {
        assertThat(RuleClassifier.problem(STAFF)).isEmpty();
        assertThat(RuleClassifier.problem(STAFF.toBuilder().setPattern("E-(").build()))
                .hasValueSatisfying(problem -> assertThat(problem).contains("missing closing )"));
        assertThat(RuleClassifier.problem(STAFF.toBuilder().setPattern("\\d*").build()))
                .hasValueSatisfying(problem -> assertThat(problem).contains("empty text"));
    }

    @Test
    void noPatternMakesATextLast() {
        // In java.util.regex these take longer than anybody waits.
        TextScreen screen = of(rule("evil", "evil").setPattern("(a+)+$").build());

        Assertions.assertThatCode(() -> org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                        Duration.ofSeconds(5), () -> screen.find("a".repeat(50_000) + "!")))
                .doesNotThrowAnyException();
    }
}
