package io.loremesh.cli.teach;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the document that a new statement corrects, so that the old one does not stay beside it. */
final class Corrections {
    /** Below this the two sentences say different things, not one thing differently. */
    private static final double SAME_STATEMENT = 0.4;

    private Corrections() {}

    /**
     * The document that states the old answer in nearly the words of the new statement.
     *
     * @return empty where the statement brings its own id (then that decides), or nothing is near
     */
    static Optional<ScenarioDocument> corrected(
            List<ScenarioDocument> documents, ScenarioDocument statement, String oldAnswer) {
        if (!statement.id().isEmpty() || !statement.uri().isEmpty()) {
            return Optional.empty();
        }
        return documents.stream()
                .filter(document -> document.text().contains(oldAnswer))
                .max(Comparator.comparingDouble(document -> overlap(document.text(), statement.text())))
                .filter(document -> overlap(document.text(), statement.text()) >= SAME_STATEMENT);
    }

    /** Jaccard index of the character pairs of two texts, 0 to 1. */
    private static double overlap(String a, String b) {
        Set<String> union = pairs(a);
        Set<String> common = pairs(b);
        int sum = union.size() + common.size();
        union.addAll(common);
        return union.isEmpty() ? 0 : (double) (sum - union.size()) / union.size();
    }

    private static Set<String> pairs(String text) {
        Set<String> pairs = new HashSet<>();
        for (int i = 0; i + 2 <= text.length(); i++) {
            pairs.add(text.substring(i, i + 2));
        }
        return pairs;
    }
}
