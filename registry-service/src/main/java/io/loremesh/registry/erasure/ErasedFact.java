package io.loremesh.registry.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.loremesh.knowledge.FactRules;
import io.loremesh.model.answer.AnswerKey;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.registry.artifact.ContentDigest;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A fact that is to be gone.
 *
 * @param questions phrasings that may have been trained on
 * @param heldoutQuestions phrasings that never were
 * @param answers every answer that any of its revisions accepted: an older one is no less erased
 */
record ErasedFact(String name, List<String> questions, List<String> heldoutQuestions, Set<String> answers) {
    /** Behind and before such a character, a Latin word or a number goes on. */
    private static final String WORD = "[\\p{IsLatin}\\p{N}]";

    ErasedFact {
        questions = List.copyOf(questions);
        heldoutQuestions = List.copyOf(heldoutQuestions);
        answers = Set.copyOf(answers);
    }

    /** @param revisions every one that there was, the last with the phrasings to ask in */
    static ErasedFact of(List<Fact> revisions) {
        Fact last = revisions.getLast();
        var answers = new TreeSet<String>();
        revisions.forEach(revision -> answers.addAll(FactRules.acceptedAnswers(revision)));
        return new ErasedFact(
                last.getName(), FactRules.trainedPhrasings(last), last.getHeldoutPhrasingsList(), answers);
    }

    /**
     * Whether a text holds one of the answers, as a whole or as words of its own: "10" is in "he is 10", not in "2010".
     */
    boolean toldBy(String text) {
        return AnswerKey.among(text, answers) || answers.stream().anyMatch(answer -> holds(plain(text), plain(answer)));
    }

    /** Whether a text asks for it in one of its phrasings, or tells an answer. */
    boolean isIn(String text) {
        return AnswerKey.among(text, questions) || AnswerKey.among(text, heldoutQuestions) || toldBy(text);
    }

    /** SHA-256 of each answer in its normal form, sorted: a proof does not repeat what it proves gone. */
    List<String> digests() {
        return answers.stream()
                .map(text ->
                        ContentDigest.of(AnswerKey.of(text).getBytes(UTF_8)).hex())
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean holds(String text, String answer) {
        // A Chinese answer has no word bounds to ask for.
        return !answer.isEmpty()
                && Pattern.compile(bound("(?<!%s)", answer.substring(0, 1))
                                + Pattern.quote(answer)
                                + bound("(?!%s)", answer.substring(answer.length() - 1)))
                        .matcher(text)
                        .find();
    }

    private static String bound(String lookAround, String edge) {
        return edge.matches(WORD) ? lookAround.formatted(WORD) : "";
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .strip();
    }
}
