package io.loremesh.registry.authority;

import io.loremesh.knowledge.FactRules;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.AuthorityVerdict;
import io.loremesh.registry.ledger.Answers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is trusted. A statement is about a fact if both would get the same name: by subject and relation, or by a
 * question. It agrees if the answer of one is among those that the other accepts, as in the ledger. Immutable; safe for
 * concurrent use.
 */
public final class Authority {
    private static final int MOST_SHOWN = 3;

    /**
     * What it says of a fact.
     *
     * @param answers at most three; none where it says nothing
     * @param place file and line; empty where it says nothing
     */
    public record Opinion(AuthorityVerdict verdict, List<String> answers, String place) {}

    /** A trusted fact, and the file and line that state it. */
    private record Statement(Fact fact, String place) {}

    private static final Opinion NOTHING = new Opinion(AuthorityVerdict.AUTHORITY_VERDICT_UNKNOWN, List.of(), "");

    private final String label;
    private final Map<String, List<Statement>> statements;

    private Authority(String label, Map<String, List<Statement>> statements) {
        this.label = label;
        this.statements = statements;
    }

    /** The file's name, {@code @} and the digest of its bytes. */
    public String label() {
        return label;
    }

    public Opinion of(Fact fact) {
        List<Statement> about = keys(fact)
                .flatMap(key -> statements.getOrDefault(key, List.of()).stream())
                .toList();
        return about.stream()
                .filter(statement -> same(fact, statement.fact()))
                .findFirst()
                .map(statement -> opinion(AuthorityVerdict.AUTHORITY_VERDICT_AGREES, List.of(statement)))
                .or(() -> about.stream()
                        .findFirst()
                        .map(any -> opinion(AuthorityVerdict.AUTHORITY_VERDICT_CONTRADICTS, about)))
                .orElse(NOTHING);
    }

    private static boolean same(Fact one, Fact other) {
        return Answers.agree(one, other) || Answers.agree(other, one);
    }

    private static Opinion opinion(AuthorityVerdict verdict, List<Statement> about) {
        return new Opinion(
                verdict,
                about.stream()
                        .map(statement -> statement.fact().getAnswer())
                        .distinct()
                        .limit(MOST_SHOWN)
                        .toList(),
                about.getFirst().place());
    }

    /** The names that what the fact says would be given: whatever name it bears itself. */
    private static Stream<String> keys(Fact fact) {
        Stream<Fact> byQuestion = FactRules.trainedPhrasings(fact).stream()
                .filter(phrasing -> !phrasing.isBlank())
                .map(phrasing -> Fact.newBuilder().setQuestion(phrasing).build());
        Stream<Fact> byRelation =
                fact.getSubject().isEmpty() || fact.getRelation().isEmpty()
                        ? Stream.empty()
                        : Stream.of(Fact.newBuilder()
                                .setSubject(fact.getSubject())
                                .setRelation(fact.getRelation())
                                .build());
        return Stream.concat(byRelation, byQuestion)
                .map(key -> FactRules.named(key).getName())
                .distinct();
    }

    /** Collects statements. For one thread. */
    static final class Builder {
        private final Map<String, List<Statement>> statements = new HashMap<>();

        /** @param place file and line */
        void add(Fact fact, String place) {
            var statement = new Statement(fact, place);
            keys(fact).forEach(key -> statements
                    .computeIfAbsent(key, any -> new ArrayList<>(1))
                    .add(statement));
        }

        Authority build(String label) {
            return new Authority(label, statements);
        }
    }
}
