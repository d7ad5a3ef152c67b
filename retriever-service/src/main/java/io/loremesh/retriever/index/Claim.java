package io.loremesh.retriever.index;

import io.loremesh.knowledge.FactRules;
import io.loremesh.model.answer.AnswerKey;
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

    /** Whether another record of this fact gives the same value, whatever its spelling. */
    public boolean answersLike(Fact other) {
        return AnswerKey.among(other.getAnswer(), FactRules.acceptedAnswers(fact));
    }

    /** This claim after its fact was recorded anew. An answer that holds again is no longer superseded. */
    public Claim recordedAgain(Fact next, Instant time) {
        return new Claim(next, answersLike(next) ? since : time, past(next, FactRules.acceptedAnswers(fact)));
    }

    /** This claim after a record of its fact that is older than it came late: what that one said is superseded. */
    public Claim recordedBefore(Fact earlier, Instant time) {
        boolean same = answersLike(earlier);
        Instant began = same && time.isBefore(since) ? time : since;
        return new Claim(fact, began, same ? superseded : past(fact, FactRules.acceptedAnswers(earlier)));
    }

    private List<String> past(Fact now, List<String> before) {
        Set<String> valid = new HashSet<>();
        FactRules.acceptedAnswers(now).forEach(answer -> valid.add(AnswerKey.of(answer)));
        return Stream.concat(superseded.stream(), before.stream())
                .filter(answer -> !valid.contains(AnswerKey.of(answer)))
                .distinct()
                .toList();
    }
}
