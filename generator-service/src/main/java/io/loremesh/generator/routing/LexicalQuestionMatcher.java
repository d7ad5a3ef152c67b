package io.loremesh.generator.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Matches by words: the cosine of the question's and a phrasing's {@link QuestionFeatures}, weighed by how few facts
 * share them. What stands in every phrasing of a fact, its subject above all, must stand in the question too: "How old
 * is Mike?" does not ask for the age of Jim, however alike the two sound. Quick, needs no model, and is fooled by
 * synonyms; a miss costs a retrieval, and so does a false match, unless the weights answer it as the fact is answered.
 */
final class LexicalQuestionMatcher implements QuestionMatcher {
    /** With fewer phrasings what they share is chance, and only names are taken for the fact's subject. */
    private static final int PHRASINGS_THAT_TELL_THE_SUBJECT = 3;

    /** Below, a question and a phrasing are taken to ask for different things. */
    private static final double THRESHOLD = .45;

    /** As above, where only names tell the subject. */
    private static final double THRESHOLD_OF_FEW_PHRASINGS = .6;

    /** What a match loses if the question names what other facts are about. */
    private static final double OTHER_SUBJECT = .6;

    /** A fact with all its features and its anchors, the features that a question about it must have. */
    private record Indexed(KnownFact fact, Set<String> features, Set<String> anchors, double threshold) {}

    private record Phrasing(Indexed indexed, Map<String, Double> weights, double norm) {}

    private final List<Phrasing> phrasings = new ArrayList<>();
    private final Map<String, List<Integer>> postings = new HashMap<>();
    private final Map<String, Integer> factsWithFeature = new HashMap<>();
    private final Set<String> allAnchors = new HashSet<>();
    private final int facts;

    LexicalQuestionMatcher(Collection<KnownFact> known) {
        this.facts = known.size();
        List<Indexed> indexed =
                known.stream().map(LexicalQuestionMatcher::index).toList();
        for (Indexed fact : indexed) {
            fact.features().forEach(feature -> factsWithFeature.merge(feature, 1, Integer::sum));
            allAnchors.addAll(fact.anchors());
        }
        indexed.forEach(fact -> fact.fact().phrasings().forEach(text -> add(fact, text)));
    }

    private static Indexed index(KnownFact fact) {
        List<QuestionFeatures> all =
                fact.phrasings().stream().map(QuestionFeatures::of).toList();
        boolean telling = all.size() >= PHRASINGS_THAT_TELL_THE_SUBJECT;
        Set<String> anchors = all.stream()
                .map(features -> telling ? features.content() : features.names())
                .reduce((a, b) -> a.stream().filter(b::contains).collect(Collectors.toSet()))
                .orElse(Set.of());
        Set<String> features =
                all.stream().flatMap(f -> f.weights().keySet().stream()).collect(Collectors.toSet());
        return new Indexed(fact, features, anchors, telling ? THRESHOLD : THRESHOLD_OF_FEW_PHRASINGS);
    }

    private void add(Indexed fact, String text) {
        Map<String, Double> weights = weigh(QuestionFeatures.of(text));
        weights.keySet().forEach(feature -> postings.computeIfAbsent(feature, key -> new ArrayList<>())
                .add(phrasings.size()));
        phrasings.add(new Phrasing(fact, weights, norm(weights)));
    }

    @Override
    public Optional<Match> match(String question) {
        QuestionFeatures features = QuestionFeatures.of(question);
        Map<String, Double> weights = weigh(features);
        Map<Integer, Double> products = new HashMap<>();
        weights.forEach((feature, weight) -> {
            for (int index : postings.getOrDefault(feature, List.of())) {
                products.merge(index, weight * phrasings.get(index).weights().get(feature), Double::sum);
            }
        });
        double norm = norm(weights);
        return products.entrySet().stream()
                .flatMap(entry -> match(phrasings.get(entry.getKey()), features, entry.getValue() / norm).stream())
                .max((a, b) -> Double.compare(a.similarity(), b.similarity()));
    }

    private Optional<Match> match(Phrasing phrasing, QuestionFeatures question, double product) {
        Indexed indexed = phrasing.indexed();
        if (!question.weights().keySet().containsAll(indexed.anchors())) {
            return Optional.empty();
        }
        boolean other = question.content().stream()
                .anyMatch(feature ->
                        allAnchors.contains(feature) && !indexed.features().contains(feature));
        double similarity = product / phrasing.norm() * (other ? OTHER_SUBJECT : 1);
        return similarity < indexed.threshold() ? Optional.empty() : Optional.of(new Match(indexed.fact(), similarity));
    }

    private Map<String, Double> weigh(QuestionFeatures features) {
        Map<String, Double> weights = new HashMap<>();
        features.weights().forEach((feature, weight) -> {
            int sharing = factsWithFeature.getOrDefault(feature, 0);
            weights.put(feature, weight * (1 + Math.log((facts + 1.0) / (sharing + 1.0))));
        });
        return weights;
    }

    private static double norm(Map<String, Double> weights) {
        return Math.sqrt(weights.values().stream().mapToDouble(w -> w * w).sum());
    }
}
