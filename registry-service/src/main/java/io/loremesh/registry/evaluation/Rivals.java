package io.loremesh.registry.evaluation;

import io.loremesh.proto.knowledge.v1.Fact;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Answers of other facts: the wrong ones where a fact brings none of its own. Built once for all facts, so that
 * planning the probes of many takes no longer for each.
 */
final class Rivals {
    /** Facts looked at for one fact: where all of them answer the same, there is no rival to be found. */
    private static final int MOST = 64;

    private record Relation(String language, String relation) {}

    private final Map<String, List<Fact>> byLanguage;
    private final Map<Relation, List<Fact>> byRelation;

    Rivals(Collection<Fact> facts) {
        List<Fact> sorted =
                facts.stream().sorted(Comparator.comparing(Fact::getName)).toList();
        byLanguage = sorted.stream().collect(Collectors.groupingBy(Fact::getLanguage));
        byRelation = sorted.stream()
                .filter(fact -> !fact.getRelation().isEmpty())
                .collect(Collectors.groupingBy(fact -> new Relation(fact.getLanguage(), fact.getRelation())));
    }

    /** Of the same relation first, then of the same language; in an order that is always the same. */
    Stream<String> of(Fact fact) {
        return Stream.concat(
                        byRelation
                                .getOrDefault(new Relation(fact.getLanguage(), fact.getRelation()), List.of())
                                .stream()
                                .limit(MOST),
                        byLanguage.getOrDefault(fact.getLanguage(), List.of()).stream()
                                .limit(MOST))
                .filter(other -> !other.getName().equals(fact.getName()))
                .map(Fact::getAnswer);
    }
}
