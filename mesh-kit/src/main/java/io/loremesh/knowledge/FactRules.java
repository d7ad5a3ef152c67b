package io.loremesh.knowledge;

import com.google.protobuf.util.Timestamps;
import io.loremesh.events.StorableText;
import io.loremesh.model.answer.AnswerKey;
import io.loremesh.model.answer.QuestionKey;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.FactRetraction;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Names and checks facts. The same rules hold at every door: events, {@code RecordFacts}, retractions, imports, files.
 * What they let pass, every store of the mesh can hold. What an event then does to what is held, {@link Succession}
 * decides.
 */
public final class FactRules {
    /** Longest question, phrasing or answer, in UTF-16 units. */
    public static final int MAX_LENGTH = 2_000;

    /** Most entries of a list: phrasings, held-out phrasings, aliases, distractors, neighbours. */
    public static final int MAX_ENTRIES = 256;

    private static final int MAX_KEY = 500;
    private static final int MAX_SPAN = 10_000;

    private FactRules() {}

    /**
     * The fact with its name filled in, or as it is where it brings one.
     *
     * @return {@code facts/} and the first 32 hex digits of the SHA-256 of the canonical key: subject and relation
     *     where both are set, else the {@link QuestionKey question's key}
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
        Optional<String> length = TextRules.first(
                TextRules.length("question", fact.getQuestion(), MAX_LENGTH),
                TextRules.length("answer", fact.getAnswer(), MAX_LENGTH));
        if (length.isEmpty() && QuestionKey.of(fact.getQuestion()).isEmpty()) {
            return Optional.of("the fact has no question; set `question`");
        }
        return length.or(() -> StorableText.problem(fact))
                .or(() -> texts(fact))
                .or(() -> names(fact))
                .or(() -> TextRules.first(
                        TextRules.language(fact.getLanguage()),
                        TextRules.uri("source.uri", fact.getSource().getUri()),
                        TextRules.length("source.span", fact.getSource().getSpan(), MAX_SPAN),
                        TextRules.sha256("source.sha256", fact.getSource().getSha256()),
                        validity(fact),
                        heldoutLeak(fact)))
                .map(problem ->
                        "fact \"%.60s\": %s".formatted(fact.getQuestion().replace('\0', ' '), problem));
    }

    /** What is wrong with a fact's withdrawal; empty where it can be accepted. One of an unknown fact can. */
    public static Optional<String> problem(FactRetraction retraction) {
        return TextRules.retraction(retraction.getName(), retraction.getReason(), "facts");
    }

    /** What is wrong with the name of a fact that somebody asks for; empty where nothing is. */
    public static Optional<String> nameProblem(String name) {
        return TextRules.name("name", name, "facts");
    }

    private static Optional<String> texts(Fact fact) {
        // An answer of marks alone has no value that could be compared or found in a text.
        if (AnswerKey.of(fact.getAnswer()).isEmpty()) {
            return Optional.of("it has no answer; set `answer`");
        }
        return TextRules.first(
                questions("phrasings", fact.getPhrasingsList()),
                questions("heldout_phrasings", fact.getHeldoutPhrasingsList()),
                TextRules.list("aliases", fact.getAliasesList(), MAX_ENTRIES, MAX_LENGTH),
                TextRules.list("distractors", fact.getDistractorsList(), MAX_ENTRIES, MAX_LENGTH),
                key("subject", fact.getSubject()),
                key("relation", fact.getRelation()));
    }

    private static Optional<String> questions(String field, List<String> questions) {
        return TextRules.list(field, questions, MAX_ENTRIES, MAX_LENGTH).or(() -> questions.stream()
                .filter(question -> QuestionKey.of(question).isEmpty())
                .findFirst()
                .map(question -> "`%s` has an entry that asks nothing: \"%.60s\"".formatted(field, question)));
    }

    /** Subject and relation name the fact, so what is set must tell something. */
    private static Optional<String> key(String field, String text) {
        return !text.isEmpty() && QuestionKey.of(text).isEmpty()
                ? Optional.of("`%s` says nothing that can be read; leave it empty".formatted(field))
                : TextRules.length(field, text, MAX_KEY);
    }

    private static Optional<String> names(Fact fact) {
        if (!fact.getName().isEmpty()) {
            Optional<String> problem = nameProblem(fact.getName());
            if (problem.isPresent()) {
                return problem.map(words -> words + "; leave it empty to have it derived");
            }
        }
        if (fact.getNeighboursCount() > MAX_ENTRIES) {
            return Optional.of("`neighbours` has %d entries; at most %d are accepted"
                    .formatted(fact.getNeighboursCount(), MAX_ENTRIES));
        }
        return fact.getNeighboursList().stream()
                .flatMap(name -> TextRules.name("neighbours", name, "facts").stream())
                .findFirst()
                .or(() -> fact.getSupersedes().isEmpty()
                        ? Optional.empty()
                        : TextRules.name("supersedes", fact.getSupersedes(), "facts"));
    }

    private static Optional<String> validity(Fact fact) {
        if (fact.hasValidFrom() && !Timestamps.isValid(fact.getValidFrom())) {
            return Optional.of("`valid_from` lies outside the years 1 to 9999, or its nanoseconds outside a second");
        }
        if (fact.hasValidTo() && !Timestamps.isValid(fact.getValidTo())) {
            return Optional.of("`valid_to` lies outside the years 1 to 9999, or its nanoseconds outside a second");
        }
        return fact.hasValidFrom()
                        && fact.hasValidTo()
                        && Timestamps.compare(fact.getValidFrom(), fact.getValidTo()) >= 0
                ? Optional.of("it would hold at no moment: `valid_to` %s is not after `valid_from` %s"
                        .formatted(Timestamps.toString(fact.getValidTo()), Timestamps.toString(fact.getValidFrom())))
                : Optional.empty();
    }

    /** A held-out phrasing that is also trained on makes every figure about it worthless. */
    private static Optional<String> heldoutLeak(Fact fact) {
        Set<String> trained = new HashSet<>();
        trainedPhrasings(fact).forEach(phrasing -> trained.add(QuestionKey.of(phrasing)));
        return fact.getHeldoutPhrasingsList().stream()
                .filter(phrasing -> trained.contains(QuestionKey.of(phrasing)))
                .findFirst()
                .map(phrasing -> "it holds out \"%.60s\" and trains on it too; remove it from one of the two"
                        .formatted(phrasing));
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

    private static String canonicalKey(Fact fact) {
        return fact.getSubject().isEmpty() || fact.getRelation().isEmpty()
                ? QuestionKey.of(fact.getQuestion())
                : QuestionKey.of(fact.getSubject()) + '\0' + QuestionKey.of(fact.getRelation());
    }
}
