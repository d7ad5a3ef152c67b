package io.loremesh.knowledge;

import io.loremesh.model.answer.QuestionKey;
import io.loremesh.proto.knowledge.v1.Fact;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Names and checks facts. */
public final class FactRules {
    /** Longest question, phrasing or answer, in UTF-16 units. */
    public static final int MAX_LENGTH = 2_000;

    private FactRules() {}

    /**
     * The fact with its name filled in, or as it is where it brings one.
     *
     * @return {@code facts/} and the first 32 hex digits of the SHA-256 of the canonical key: subject and relation where both
     *     are set, else the {@link QuestionKey question's key}
     */
    public static Fact named(Fact fact) {
        return fact.getName().isEmpty()
                ? fact.toBuilder()
                        .setName("facts/" + Digests.id(canonicalKey(fact)))
                        .build()
                : fact;
    }

    /** What is wrong with a fact, in words; empty where it can be accepted. */
    public static Optional<String> problem(Fact fact) {
        if (fact.getQuestion().isBlank()) {
            return Optional.of("the fact has no question; set `question`");
        }
        if (fact.getAnswer().isBlank()) {
            return Optional.of("fact \"%s\" has no answer; set `answer`".formatted(fact.getQuestion()));
        }
        if (!fact.getName().isEmpty() && !fact.getName().matches("facts/[A-Za-z0-9._~-]{1,128}")) {
            return Optional.of("fact name \"%s\" is not `facts/{id}`; leave it empty to have it derived"
                    .formatted(fact.getName()));
        }
        for (String text : texts(fact).toList()) {
            if (text.length() > MAX_LENGTH) {
                return Optional.of("fact \"%.60s\" holds a text of %d characters; at most %d are accepted"
                        .formatted(fact.getQuestion(), text.length(), MAX_LENGTH));
            }
        }
        return heldoutLeak(fact);
    }

    /** A held-out phrasing that is also trained on makes every figure about it worthless. */
    private static Optional<String> heldoutLeak(Fact fact) {
        Set<String> trained = new HashSet<>();
        trainedPhrasings(fact).forEach(phrasing -> trained.add(QuestionKey.of(phrasing)));
        return fact.getHeldoutPhrasingsList().stream()
                .filter(phrasing -> trained.contains(QuestionKey.of(phrasing)))
                .findFirst()
                .map(phrasing -> "fact \"%s\" holds out \"%s\" and trains on it too; remove it from one of the two"
                        .formatted(fact.getQuestion(), phrasing));
    }

    /** The question and its further phrasings: what may be indexed and trained on. */
    public static List<String> trainedPhrasings(Fact fact) {
        return Stream.concat(Stream.of(fact.getQuestion()), fact.getPhrasingsList().stream())
                .distinct()
                .toList();
    }

    /** Every answer that counts as right. */
    public static List<String> acceptedAnswers(Fact fact) {
        return Stream.concat(Stream.of(fact.getAnswer()), fact.getAliasesList().stream())
                .distinct()
                .toList();
    }

    private static Stream<String> texts(Fact fact) {
        return Stream.of(
                        trainedPhrasings(fact).stream(),
                        fact.getHeldoutPhrasingsList().stream(),
                        acceptedAnswers(fact).stream())
                .flatMap(texts -> texts);
    }

    private static String canonicalKey(Fact fact) {
        return fact.getSubject().isEmpty() || fact.getRelation().isEmpty()
                ? QuestionKey.of(fact.getQuestion())
                : QuestionKey.of(fact.getSubject()) + '\0' + QuestionKey.of(fact.getRelation());
    }
}
