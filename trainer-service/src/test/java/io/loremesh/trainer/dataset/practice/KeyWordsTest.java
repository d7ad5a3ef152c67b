package io.loremesh.trainer.dataset.practice;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.model.answer.Language;
import org.junit.jupiter.api.Test;

class KeyWordsTest {

    @Test
    void aSubjectAndWhatIsAskedOfItRemainInEveryOrder() {
        assertThat(KeyWords.of("What is Hugo Berg's entry fee?", Language.EN))
                .contains("Hugo Berg entry fee?", "fee, entry, Hugo Berg");
        assertThat(KeyWords.of("海棠书店的招牌是什么？", Language.ZH)).contains("海棠书店招牌？", "招牌，海棠书店");
    }

    @Test
    void theKindOfAnswerThatIsWantedRemainsAsked() {
        assertThat(KeyWords.of("Who is Hugo's uncle?", Language.EN)).allMatch(text -> text.contains("Who"));
        assertThat(KeyWords.of("海棠书店有几名店员？", Language.ZH)).allMatch(text -> text.contains("几"));
    }

    @Test
    void oneWordAloneAsksNothing() {
        assertThat(KeyWords.of("什么是海棠？", Language.ZH)).isEmpty();
        assertThat(KeyWords.of("What is it?", Language.EN)).isEmpty();
    }
}
