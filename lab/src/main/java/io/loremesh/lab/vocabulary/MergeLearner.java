package io.loremesh.lab.vocabulary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Byte-pair encoding (Sennrich et al. 2016) on counted words: the most frequent pair of neighbours becomes one symbol,
 * again and again.
 */
final class MergeLearner {

    /** Two symbols that become one. */
    record Merge(String left, String right) {

        String joined() {
            return left + right;
        }
    }

    private static final class Word {
        private List<String> symbols;
        private final long count;

        private Word(List<String> symbols, long count) {
            this.symbols = symbols;
            this.count = count;
        }
    }

    private MergeLearner() {}

    /**
     * @param words how often each word occurs
     * @param first merges that are made before any is learned
     * @return those learned, in order; ties go to the pair that sorts first
     */
    static List<Merge> learn(Map<String, Long> words, List<Merge> first, int merges) {
        List<Word> corpus = new ArrayList<>();
        words.forEach((word, count) -> corpus.add(new Word(ByteAlphabet.of(" " + word), count)));
        first.forEach(merge -> corpus.forEach(word -> word.symbols = applied(merge, word.symbols)));
        List<Merge> learned = new ArrayList<>();
        while (learned.size() < merges) {
            Merge best = mostFrequent(corpus);
            if (best == null) {
                break;
            }
            learned.add(best);
            corpus.forEach(word -> word.symbols = applied(best, word.symbols));
        }
        return learned;
    }

    private static Merge mostFrequent(List<Word> corpus) {
        Map<Merge, Long> pairs = new HashMap<>();
        for (Word word : corpus) {
            for (int i = 1; i < word.symbols.size(); i++) {
                pairs.merge(new Merge(word.symbols.get(i - 1), word.symbols.get(i)), word.count, Long::sum);
            }
        }
        Merge best = null;
        long most = 0;
        for (Map.Entry<Merge, Long> pair : pairs.entrySet()) {
            boolean tie = pair.getValue() == most
                    && best != null
                    && pair.getKey().joined().compareTo(best.joined()) < 0;
            if (pair.getValue() > most || tie) {
                best = pair.getKey();
                most = pair.getValue();
            }
        }
        return best;
    }

    private static List<String> applied(Merge merge, List<String> symbols) {
        int at = -1;
        for (int i = 1; i < symbols.size() && at < 0; i++) {
            at = symbols.get(i).equals(merge.right()) && symbols.get(i - 1).equals(merge.left()) ? i : -1;
        }
        if (at < 0) {
            return symbols;
        }
        List<String> merged = new ArrayList<>(symbols.size());
        for (int i = 0; i < symbols.size(); i++) {
            boolean pair = i + 1 < symbols.size()
                    && symbols.get(i).equals(merge.left())
                    && symbols.get(i + 1).equals(merge.right());
            merged.add(pair ? merge.joined() : symbols.get(i));
            i += pair ? 1 : 0;
        }
        return merged;
    }
}
