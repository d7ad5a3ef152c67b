package io.loremesh.generator.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Matches by words: the cosine of the question's and a phrasing's features ({@link QuestionFeatures}), weighed by how few
 * facts share them. Quick, needs no model, and is fooled by synonyms; a miss costs a retrieval and a false match an
 * abstention, since a tuned model abstains on what it was not taught.
 */
final class LexicalQuestionMatcher implements QuestionMatcher {
    /** Below, a question and a phrasing are taken to ask for different things. */
    private static final double THRESHOLD = .5;

    private record Phrasing(KnownFact fact, Map<String, Double> weights, double norm) {}

    private final List<Phrasing> phrasings = new ArrayList<>();
    private final Map<String, List<Integer>> postings = new HashMap<>();
    private final Map<String, Integer> factsWithFeature = new HashMap<>();
    private final int facts;

    LexicalQuestionMatcher(Collection<KnownFact> known) {
        this.facts = known.size();
        for (KnownFact fact : known) {
            Set<String> features = new HashSet<>();
            fact.phrasings()
                    .forEach(text -> features.addAll(QuestionFeatures.of(text).keySet()));
            features.forEach(feature -> factsWithFeature.merge(feature, 1, Integer::sum));
        }
        for (KnownFact fact : known) {
            for (String text : fact.phrasings()) {
                Map<String, Double> weights = weigh(text);
                weights.keySet().forEach(feature -> postings.computeIfAbsent(feature, key -> new ArrayList<>())
                        .add(phrasings.size()));
                phrasings.add(new Phrasing(fact, weights, norm(weights)));
            }
        }
    }

    @Override
    public Optional<Match> match(String question) {
        Map<String, Double> weights = weigh(question);
        Map<Integer, Double> products = new HashMap<>();
        weights.forEach((feature, weight) -> {
            for (int index : postings.getOrDefault(feature, List.of())) {
                products.merge(index, weight * phrasings.get(index).weights().get(feature), Double::sum);
            }
        });
        double norm = norm(weights);
        return products.entrySet().stream()
                .map(entry -> {
                    Phrasing phrasing = phrasings.get(entry.getKey());
                    return new Match(phrasing.fact(), entry.getValue() / (norm * phrasing.norm()));
                })
                .max((a, b) -> Double.compare(a.similarity(), b.similarity()))
                .filter(best -> best.similarity() >= THRESHOLD);
    }

    private Map<String, Double> weigh(String text) {
        Map<String, Double> weights = new HashMap<>();
        QuestionFeatures.of(text).forEach((feature, weight) -> {
            int sharing = factsWithFeature.getOrDefault(feature, 0);
            weights.put(feature, weight * (1 + Math.log((facts + 1.0) / (sharing + 1.0))));
        });
        return weights;
    }

    private static double norm(Map<String, Double> weights) {
        return Math.sqrt(weights.values().stream().mapToDouble(w -> w * w).sum());
    }
}
