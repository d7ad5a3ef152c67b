package io.loremesh.lab.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.model.statistic.Rate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnswerScoreTest {

    @Test
    void countsRightAnswersOverRefusalsAndHallucinationsApart() {
        List<Answered> answers = List.of(
                new Answered(Set.of("red", "dark red"), "Dark red."),
                new Answered(Set.of("红色"), "不知道"),
                new Answered(Set.of("7"), "8"),
                new Answered(Set.of(), "unknown"),
                new Answered(Set.of(), "blue"));

        AnswerScore score = AnswerScore.of(answers);

        assertThat(score.correct()).isEqualTo(new Rate(1, 3));
        assertThat(score.overRefusal()).isEqualTo(new Rate(1, 3));
        assertThat(score.hallucination()).isEqualTo(new Rate(1, 2));
        assertThat(AnswerScore.right(answers)).isEqualTo(new Rate(2, 5));
    }
}
