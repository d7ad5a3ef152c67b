package io.loremesh.retriever.search;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** How the two rankings of one response become one. */
public enum Fusion {
    /** Weighted sum of the two shares of {@link Evidence}: comparable between questions. */
    BOUNDED {
        @Override
        double[] scores(List<Evidence> evidence, double vectorWeight) {
            return evidence.stream()
                    .mapToDouble(e -> mix(e.lexical(), e.vector(), vectorWeight))
                    .toArray();
        }
    },
    /** Weighted sum after scaling each ranking to its own least and greatest score. */
    MINMAX {
        @Override
        double[] scores(List<Evidence> evidence, double vectorWeight) {
            double[] lexical = minmax(evidence, Evidence::lexical);
            double[] vector = minmax(evidence, e -> e.candidate().cosine().orElse(-1));
            return IntStream.range(0, evidence.size())
                    .mapToDouble(i -> mix(lexical[i], vector[i], vectorWeight))
                    .toArray();
        }
    },
    /** Reciprocal rank fusion, k = 60 (Cormack, Clarke and Büttcher 2009), scaled to 1 for the first of both. */
    RRF {
        @Override
        double[] scores(List<Evidence> evidence, double vectorWeight) {
            int[] lexical = ranks(evidence, Evidence::lexical);
            int[] vector = ranks(evidence, e -> e.candidate().cosine().orElse(-1));
            return IntStream.range(0, evidence.size())
                    .mapToDouble(i -> mix(reciprocal(lexical[i]), reciprocal(vector[i]), vectorWeight))
                    .toArray();
        }
    };

    private static final double RRF_K = 60;

    /** One score for each candidate, 0 to 1, in their order. */
    abstract double[] scores(List<Evidence> evidence, double vectorWeight);

    private static double mix(double lexical, double vector, double vectorWeight) {
        return (1 - vectorWeight) * lexical + vectorWeight * vector;
    }

    private static double[] minmax(List<Evidence> evidence, ToDoubleFunction<Evidence> score) {
        double least = evidence.stream().mapToDouble(score).min().orElse(0);
        double greatest = evidence.stream().mapToDouble(score).max().orElse(0);
        return evidence.stream()
                .mapToDouble(score)
                .map(value -> greatest > least ? (value - least) / (greatest - least) : 1)
                .toArray();
    }

    private static int[] ranks(List<Evidence> evidence, ToDoubleFunction<Evidence> score) {
        int[] order = IntStream.range(0, evidence.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -score.applyAsDouble(evidence.get(i))))
                .mapToInt(i -> i)
                .toArray();
        int[] ranks = new int[order.length];
        for (int rank = 0; rank < order.length; rank++) {
            ranks[order[rank]] = rank;
        }
        return ranks;
    }

    private static double reciprocal(int rank) {
        return (RRF_K + 1) / (RRF_K + 1 + rank);
    }
}
