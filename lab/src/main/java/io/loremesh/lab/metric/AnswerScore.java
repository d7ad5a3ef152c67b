package io.loremesh.lab.metric;

import io.loremesh.model.statistic.Rate;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a set of generated answers amounts to.
 *
 * @param correct exact match of the answerable questions
 * @param overRefusal abstentions from answerable questions
 * @param hallucination answers to questions that cannot be answered
 */
public record AnswerScore(Rate correct, Rate overRefusal, Rate hallucination) {

    public static AnswerScore of(List<Answered> answers) {
        List<Answered> answerable =
                answers.stream().filter(Answered::answerable).toList();
        List<Answered> unanswerable =
                answers.stream().filter(answer -> !answer.answerable()).toList();
        return new AnswerScore(
                share(answerable, Answered::right),
                share(answerable, Answered::abstained),
                share(unanswerable, answer -> !answer.abstained()));
    }

    /** All right answers, abstentions where nothing is known included. */
    public static Rate right(List<Answered> answers) {
        return share(answers, Answered::right);
    }

    private static Rate share(List<Answered> answers, Predicate<Answered> counts) {
        return new Rate((int) answers.stream().filter(counts).count(), answers.size());
    }
}
