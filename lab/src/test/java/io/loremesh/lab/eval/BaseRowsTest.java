package io.loremesh.lab.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loremesh.lab.metric.Answered;
import io.loremesh.lab.report.Row;
import io.loremesh.lab.suite.Ability;
import io.loremesh.model.answer.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BaseRowsTest {
    private final List<Asked> asked = new ArrayList<>();

    @Test
    void everyAbilityHasARowInEachLanguageAndTheRatesFollow() {
        assertThat(BaseRows.of(asked))
                .hasSize(2 * Ability.values().length + 4)
                .extracting(Row::measure)
                .doesNotHaveDuplicates()
                .startsWith("read 1 fact, open-class, zh", "read 1 fact, open-class, en")
                .endsWith("over-refusal, zh", "over-refusal, en", "hallucination, zh", "hallucination, en");
    }

    @Test
    void aShareComesWithItsWilsonIntervalAndItsTarget() {
        ask(Ability.CONFUSABLE_NAMES, Language.EN, 9, "Bob", "bob.");
        ask(Ability.CONFUSABLE_NAMES, Language.EN, 1, "Bob", "Rob");

        Row row = row("confusable names, en");

        assertThat(row.value()).isEqualTo(.9);
        assertThat(row.unit()).isEqualTo("share");
        assertThat(row.n()).isEqualTo(10);
        assertThat(row.low()).isCloseTo(.596, within(.001));
        assertThat(row.high()).isCloseTo(.982, within(.001));
        assertThat(row.target()).isEqualTo(.90);
        assertThat(row.met()).isTrue();
        assertThat(row("confusable names, zh").n()).isZero();
    }

    @Test
    void aMissedTargetIsSaid() {
        ask(Ability.READ_ONE, Language.ZH, 98, "北京", "北京");
        ask(Ability.READ_ONE, Language.ZH, 2, "北京", "上海");

        assertThat(row("read 1 fact, open-class, zh").met()).isFalse();
    }

    @Test
    void anAbilityWithoutATargetIsNotJudged() {
        ask(Ability.FAMILY, Language.ZH, 1, "北京", "北京");

        assertThat(row("family sentences, zh").target()).isNull();
        assertThat(row("family sentences, zh").met()).isNull();
    }

    @Test
    void overRefusalCountsAnswerableQuestionsAndHallucinationTheOthers() {
        ask(Ability.READ_ONE, Language.EN, 3, "Bob", "Bob");
        ask(Ability.READ_ONE, Language.EN, 1, "Bob", "unknown");
        ask(Ability.FRESH_NAME, Language.EN, 1, null, "Bob");
        ask(Ability.FRESH_NAME, Language.EN, 1, null, "unknown");

        assertThat(row("over-refusal, en").value()).isEqualTo(.25);
        assertThat(row("over-refusal, en").n()).isEqualTo(4);
        assertThat(row("hallucination, en").value()).isEqualTo(.5);
        assertThat(row("hallucination, en").n()).isEqualTo(2);
        assertThat(row("abstains: fresh name, en").value()).isEqualTo(.5);
    }

    private void ask(Ability ability, Language language, int times, String expected, String answer) {
        Set<String> accepted = expected == null ? Set.of() : Set.of(expected);
        for (int i = 0; i < times; i++) {
            asked.add(new Asked(ability, language, new Answered(accepted, answer)));
        }
    }

    private Row row(String measure) {
        return BaseRows.of(asked).stream()
                .filter(row -> row.measure().equals(measure))
                .findFirst()
                .orElseThrow();
    }
}
