package io.loremesh.retriever.search;

import io.loremesh.model.answer.Language;
import io.loremesh.model.answer.QuestionKey;
import io.loremesh.retriever.embedding.TextEncoder;
import io.loremesh.retriever.index.CandidateQuery;
import io.loremesh.retriever.index.Candidates;
import io.loremesh.retriever.index.PassageIndex;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds the passages that bear on a question: gather candidates by words and by meaning, score them, drop what bears
 * too little on it, tell each thing once.
 *
 * <p>The floor is held against the passage's {@link Evidence}, whatever the fusion: a small model believes what it is
 * shown, so a passage beside the point does more harm than none. The returned score is the evidence itself under
 * {@link Fusion#BOUNDED}; under the others it is their order scaled to the best passage's evidence. Either way an
 * unrelated question gets visibly low scores.
 *
 * <p>Blocks, and runs native code: call it on a bounded platform-thread executor. Safe for concurrent use.
 */
public final class PassageSearch {
    private final PassageIndex index;
    private final TextEncoder encoder;
    private final ScoringSpec scoring;

    public PassageSearch(PassageIndex index, TextEncoder encoder, ScoringSpec scoring) {
        this.index = index;
        this.encoder = encoder;
        this.scoring = scoring;
    }

    /** The passages for a question, best first; none where nothing in the index is near. */
    public List<Hit> search(SearchSpec spec) throws IOException {
        Candidates candidates = index.find(query(spec));
        Evidence.Scale scale = scoring.scale(Language.of(spec.query()));
        List<Evidence> evidence = candidates.list().stream()
                .map(candidate -> Evidence.of(candidate, candidates.bm25Bound(), scale))
                .toList();
        double[] absolute = Fusion.BOUNDED.scores(evidence, vectorWeight(spec.mode()));
        double best = IntStream.range(0, absolute.length)
                .mapToDouble(i -> absolute[i])
                .max()
                .orElse(0);
        double floor = Math.max(scoring.floor(), scoring.relativeFloor() * best);
        double[] scores = fused(evidence, absolute, best, spec.mode());
        Set<String> told = new HashSet<>();
        return IntStream.range(0, scores.length)
                .filter(i -> absolute[i] >= floor)
                .mapToObj(i -> new Hit(candidates.list().get(i), scores[i]))
                .sorted(Hit.BEST_FIRST)
                .filter(hit -> told.add(sameness(hit)))
                .limit(spec.pageSize())
                .toList();
    }

    private CandidateQuery query(SearchSpec spec) {
        return new CandidateQuery(
                spec.mode() == SearchSpec.Mode.VECTOR ? Optional.empty() : Optional.of(spec.query()),
                spec.mode() == SearchSpec.Mode.LEXICAL ? Optional.empty() : Optional.of(encoder.encode(spec.query())),
                Math.max(scoring.depth(), 2 * spec.pageSize()),
                new CandidateQuery.Filter(spec.language(), spec.minCredibility(), Optional.empty()));
    }

    private double vectorWeight(SearchSpec.Mode mode) {
        return switch (mode) {
            case LEXICAL -> 0;
            case VECTOR -> 1;
            case FUSED -> scoring.vectorWeight();
        };
    }

    private double[] fused(List<Evidence> evidence, double[] absolute, double best, SearchSpec.Mode mode) {
        if (mode != SearchSpec.Mode.FUSED || scoring.fusion() == Fusion.BOUNDED) {
            return absolute;
        }
        double[] fused = scoring.fusion().scores(evidence, scoring.vectorWeight());
        double greatest = IntStream.range(0, fused.length)
                .mapToDouble(i -> fused[i])
                .max()
                .orElse(1);
        return IntStream.range(0, fused.length)
                .mapToDouble(i -> fused[i] / greatest * best)
                .toArray();
    }

    /**
     * What says the same: the passages of one fact, or equal texts whatever their case, spacing and marks between
     * words.
     */
    private static String sameness(Hit hit) {
        String name = hit.candidate().passage().getName();
        return name.startsWith("facts/")
                ? name.substring(0, name.indexOf("/passages/"))
                : QuestionKey.of(hit.candidate().passage().getText());
    }
}
