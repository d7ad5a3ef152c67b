package io.loremesh.registry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.registry.failure.RegistryException;
import org.junit.jupiter.api.Test;

class FactSearchTest {
    @Test
    void everythingThatAFactSaysCanBeFoundInAnyCase() {
        Fact fact = Fact.newBuilder()
                .setName("facts/1")
                .setQuestion("Who IS it?")
                .addPhrasings("谁？")
                .setAnswer("Ada")
                .addAliases("Countess")
                .build();

        assertThat(FactSearch.words(fact)).isEqualTo("facts/1\nwho is it?\nada\n谁？\ncountess");
    }

    @Test
    void aPatternFindsWhatItSaysLiterally() {
        assertThat(FactSearch.pattern(" 100% Pure_ ")).isEqualTo("%100!% pure!_%");
        assertThat(FactSearch.pattern("")).isEqualTo("%%");
        assertThatThrownBy(() -> FactSearch.pattern("x".repeat(201)))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("201 characters");
    }
}
