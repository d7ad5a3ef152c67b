package io.loremesh.generator.screening;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import io.loremesh.generator.completion.DeltaSink;
import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.generator.v1.Citation;
import io.loremesh.proto.generator.v1.Path;
import io.loremesh.proto.generator.v1.Timings;
import io.loremesh.proto.registry.v1.AnswerScreening;
import io.loremesh.proto.registry.v1.ScreeningPolicy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerScreenTest {
    private static final Answer PHONE = answer("吉姆的电话是多少？", "13812345678").toBuilder()
            .addCitations(Citation.newBuilder().setText("吉姆的电话是13812345678。"))
            .build();

    private final List<String> shown = new ArrayList<>();

    private static Answer answer(String question, String text) {
        return Answer.newBuilder()
                .setQuestion(question)
                .setText(text)
                .setPath(Path.PATH_RETRIEVAL)
                .setTimings(Timings.newBuilder()
                        .setFirstToken(Duration.newBuilder().setNanos(1))
                        .setTotal(Duration.newBuilder().setNanos(9)))
                .build();
    }

    private static AnswerScreen of(AnswerScreening treatment) {
        return AnswerScreen.of(
                ScreeningPolicy.newBuilder().setAnswers(treatment).build());
    }

    /** As the flow does it: each character is shown as it is decoded. */
    private Answer shown(AnswerScreen screen, Answer answer) {
        return screen.show(shown::add, (DeltaSink sink) -> {
            answer.getText().chars().forEach(c -> sink.accept(Character.toString(c)));
            return answer;
        });
    }

    @Test
    void aMaskedAnswerNeverShowsWhatItMasksNotEvenPieceByPiece() {
        Answer masked = shown(of(AnswerScreening.ANSWER_SCREENING_MASK), PHONE);

        assertThat(masked.getText()).isEqualTo("[phone]");
        assertThat(masked.getCitations(0).getText()).isEqualTo("吉姆的电话是[phone]。");
        assertThat(masked.getScreenedKindsList()).containsExactly("phone");
        assertThat(masked.getWithheld()).isFalse();
        assertThat(masked.getPath()).isEqualTo(Path.PATH_RETRIEVAL);
        assertThat(shown).containsExactly("[phone]");
        assertThat(masked.getTimings().getFirstToken())
                .isEqualTo(PHONE.getTimings().getTotal());
    }

    @Test
    void aBlockedAnswerIsARefusalWithoutItsCitations() {
        Answer blocked = shown(of(AnswerScreening.ANSWER_SCREENING_BLOCK), PHONE);

        assertThat(blocked.getText()).isEqualTo("不知道");
        assertThat(blocked.getWithheld()).isTrue();
        assertThat(blocked.getPath()).isEqualTo(Path.PATH_ABSTAINED);
        assertThat(blocked.getCitationsList()).isEmpty();
        assertThat(blocked.getScreenedKindsList()).containsExactly("phone");
        assertThat(shown).containsExactly("不知道");
    }

    @Test
    void anAnswerWithNothingToCatchIsWhatItWas() {
        Answer plain = answer("How old is Jim?", "10");

        Answer screened = shown(of(AnswerScreening.ANSWER_SCREENING_BLOCK), plain);

        assertThat(screened.getText()).isEqualTo("10");
        assertThat(screened.getScreenedKindsList()).isEmpty();
        assertThat(screened.getWithheld()).isFalse();
    }

    @Test
    void withoutAPolicyAnAnswerIsShownAsItIsDecoded() {
        assertThat(shown(of(AnswerScreening.ANSWER_SCREENING_OFF), PHONE)).isSameAs(PHONE);
        assertThat(shown).hasSize(11);
        assertThat(of(AnswerScreening.ANSWER_SCREENING_UNSPECIFIED)).isSameAs(AnswerScreen.NONE);
    }
}
