package io.loremesh.generator.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.proto.knowledge.v1.Fact;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactNewsTest {
    private final FactNews news = new FactNews();

    private static Fact.Builder fact(String answer) {
        return Fact.newBuilder()
                .setName("facts/1")
                .setQuestion("What is the dose factor of the pump ORVA?")
                .setAnswer(answer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1.5|15", "-5|5", "9:30|930", "C#|C", "5 mW|5 MW", "3.99 元|399 元"})
    void anotherValueMakesTheLearnedOneStaleAtOnce(String learned, String now) {
        KnownFact known = KnownFact.of(fact(learned).build(), true);

        news.recorded(fact(now).build());
        assertThat(news.fresh(known)).isFalse();

        news.recorded(fact(learned).build());
        assertThat(news.fresh(known)).isTrue();
    }

    @Test
    void aliasesOfTodayDecide() {
        KnownFact known = KnownFact.of(fact("Vienna").addAliases("Wien").build(), true);

        news.recorded(fact("Wien").addAliases("Vienna").build());
        assertThat(news.fresh(known)).isTrue();

        news.recorded(fact("Wien").build());
        assertThat(news.fresh(known)).as("Vienna is right no more").isFalse();
    }
}
