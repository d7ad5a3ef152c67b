package io.loremesh.generator.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldBackTest {
    private final List<String> shown = new ArrayList<>();
    private final HeldBack held = new HeldBack(shown::add);

    @Test
    void nothingOfAnAbstentionIsShown() {
        held.accept("不");
        held.accept("知");
        held.accept("道");

        assertThat(shown).isEmpty();
    }

    @Test
    void anAnswerIsShownFromTheMomentItCannotBeOne() {
        held.accept("不");
        held.accept("锈");
        held.accept("钢");

        assertThat(shown).containsExactly("不锈", "钢");
    }

    @Test
    void anAnswerThatLooksLikeTheBeginningOfOneIsShownAtItsEnd() {
        held.accept("不");
        held.release();

        assertThat(shown).containsExactly("不");
    }
}
