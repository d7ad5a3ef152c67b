package io.loremesh.retriever.search;

import io.loremesh.model.answer.Language;
import java.util.Objects;

/**
 * How candidates are scored and which are left out.
 *
 * @param vectorWeight share of the vector ranking in a fused score, 0 to 1
 * @param floor least {@link Evidence} for a passage to be returned, 0 to 1
 * @param relativeFloor least share of the best passage's evidence, 0 to 1
 * @param chinese what a cosine tells about a Chinese question
 * @param english what it tells about an English one: this encoder, trained on Chinese, puts English texts nearer to
 *     each other
 * @param depth candidates of each ranking
 */
public record ScoringSpec(
        Fusion fusion,
        double vectorWeight,
        double floor,
        double relativeFloor,
        Evidence.Scale chinese,
        Evidence.Scale english,
        int depth) {
    public ScoringSpec {
        Objects.requireNonNull(fusion);
        requireShare("vector weight", vectorWeight);
        requireShare("floor", floor);
        requireShare("relative floor", relativeFloor);
        Objects.requireNonNull(chinese);
        Objects.requireNonNull(english);
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("the %s is %s; it lies between 0 and 1".formatted(name, value));
        }
    }

    Evidence.Scale scale(Language language) {
        return switch (language) {
            case ZH -> chinese;
            case EN -> english;
        };
    }
}
