package io.loremesh.retriever.index;

import io.loremesh.knowledge.FactRules;
import io.loremesh.model.answer.AnswerText;
import io.loremesh.proto.knowledge.v1.Fact;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a fact says now, and what it said before.
 *
 * @param fact as it was last recorded, named
 * @param since time of the event that brought its answer
 * @param superseded answers that it no longer gives, oldest first
 */
public record Claim(Fact fact, Instant since, List<String> superseded) {
    public Claim {
        Objects.requireNonNull(since);
        superseded = List.copyOf(superseded);
        if (fact.getName().isEmpty()) {
            throw new IllegalArgumentException(
                    "fact \"%s\" has no name; name it by FactRules".formatted(fact.getQuestion()));
        }
    }

    /** A fact that is recorded for the first time. */
    public static Claim first(Fact fact, Instant since) {
        return new Claim(fact, since, List.of());
    }

    /** Whether another record of this fact gives the same answer, whatever its spelling. */
    public boolean answersLike(Fact other) {
        return normalised(FactRules.acceptedAnswers(fact)).contains(AnswerText.normalise(other.getAnswer()));
    }

    /** This claim after its fact was recorded anew. An answer that holds again is no longer superseded. */
    public Claim recordedAgain(Fact next, Instant time) {
        Set<String> valid = normalised(FactRules.acceptedAnswers(next));
        List<String> past = Stream.concat(superseded.stream(), FactRules.acceptedAnswers(fact).stream())
                .filter(answer -> !valid.contains(AnswerText.normalise(answer)))
                .distinct()
                .toList();
        return new Claim(next, answersLike(next) ? since : time, past);
    }

    private static Set<String> normalised(List<String> answers) {
        Set<String> texts = new HashSet<>();
        answers.forEach(answer -> texts.add(AnswerText.normalise(answer)));
        return texts;
    }
}
