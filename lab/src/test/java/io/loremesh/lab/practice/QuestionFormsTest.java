package io.loremesh.lab.practice;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.lab.world.World;
import io.loremesh.lab.world.WorldSeeds;
import io.loremesh.model.answer.Language;
import org.junit.jupiter.api.Test;

class QuestionFormsTest {

    private final QuestionForms forms = new QuestionForms(new World(WorldSeeds.DEMO));

    @Test
    void theFormWithTheMostWordsOfItsOwnTellsTheSubject() {
        assertThat(forms.recognise("Petra今年几岁", Language.ZH)).hasValueSatisfying(form -> {
            assertThat(form.relation().id()).isEqualTo("age");
            assertThat(form.subject()).isEqualTo("Petra");
        });
        assertThat(forms.recognise("how old is Petra?", Language.EN))
                .map(QuestionForm::subject)
                .hasValue("Petra");
    }

    @Test
    void aQuestionOfNoFormIsNotRecognised() {
        assertThat(forms.recognise("Where does the wind come from tonight?", Language.EN))
                .isEmpty();
        assertThat(forms.recognise("？", Language.ZH)).isEmpty();
    }
}
