package io.loremesh.generator.routing;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What one version has learned, as the registry's ledger tells, indexed by question. Facts that it has not learned are
 * in the index too: a question about one of them must find that one, and not the learned one that looks most like it.
 * Immutable.
 */
public final class KnownFacts {
    /** Nothing is known to be learned: every question is retrieved. */
    public static final KnownFacts NONE = new KnownFacts(List.of());

    private final QuestionMatcher matcher;
    private final int learned;

    public KnownFacts(Collection<KnownFact> facts) {
        this.matcher = new LexicalQuestionMatcher(facts);
        this.learned = (int) facts.stream().filter(KnownFact::learned).count();
    }

    /** The learned fact that a question asks for; empty where it asks for none, or for one that is not learned. */
    public Optional<KnownFact> find(String question) {
        return learned == 0
                ? Optional.empty()
                : matcher.match(question).map(QuestionMatcher.Match::fact).filter(KnownFact::learned);
    }

    /** How many facts the version has learned. */
    public int learned() {
        return learned;
    }
}
