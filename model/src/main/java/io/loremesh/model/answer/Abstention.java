package io.loremesh.model.answer;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a model says that it does not know. An abstention is a good answer, not an error. */
public final class Abstention {
    private static final Set<String> REFUSALS = Stream.of(
                    "不知道",
                    "我不知道",
                    "未知",
                    "不清楚",
                    "我不清楚",
                    "没有提到",
                    "无法回答",
                    "没有答案",
                    "unknown",
                    "i don't know",
                    "i do not know",
                    "not known",
                    "no answer",
                    "don't know",
                    "not mentioned",
                    "cannot answer")
            .map(AnswerText::normalise)
            .collect(Collectors.toUnmodifiableSet());
    private static final List<String> OPENINGS = Stream.of("我不知道", "不知道", "资料里没有", "i don't know", "i do not know")
            .map(AnswerText::normalise)
            .toList();

    private Abstention() {}

    /** The phrase that models are trained to abstain with. */
    public static String phrase(Language language) {
        return switch (language) {
            case ZH -> "不知道";
            case EN -> "unknown";
        };
    }

    /** Whether an answer says that its speaker does not know; an empty answer says so too. */
    public static boolean matches(String answer) {
        String text = AnswerText.normalise(answer);
        return text.isEmpty() || REFUSALS.contains(text) || OPENINGS.stream().anyMatch(text::startsWith);
    }

    /**
     * Whether an answer that has only begun may yet turn out to be an abstention, so that it should not be shown yet.
     */
    public static boolean mayBecome(String beginning) {
        String text = AnswerText.normalise(beginning);
        return REFUSALS.stream().anyMatch(refusal -> refusal.startsWith(text))
                || OPENINGS.stream().anyMatch(text::startsWith);
    }
}
