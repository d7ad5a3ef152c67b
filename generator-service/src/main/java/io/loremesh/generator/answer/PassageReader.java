package io.loremesh.generator.answer;

import io.loremesh.generator.completion.DecodedText;
import io.loremesh.generator.completion.DeltaSink;
import io.loremesh.model.answer.Abstention;
import io.loremesh.proto.retriever.v1.ScoredPassage;
import java.util.List;

/**
 * Answers a question from its passages, of which there is at least one, in the configured way. Safe for concurrent use.
 */
final class PassageReader {
    private final PassageReading reading;
    private final double doubt;

    /** Lets the model answer from some texts and shows the answer as it comes. */
    @FunctionalInterface
    interface Model {
        DecodedText answer(List<String> passages, DeltaSink sink);
    }

    /**
     * @param decoded what the model answers
     * @param evidence the passages that it answers from
     */
    record Read(DecodedText decoded, Evidence evidence) {
        boolean abstained() {
            return decoded.broken() || Abstention.matches(decoded.text());
        }

        double credibility() {
            return abstained()
                    ? 0
                    : decoded.confidence() * evidence.passages().getFirst().getScore();
        }
    }

    /** @param doubt that an answer from a single passage may leave at most, 0 to 1 */
    PassageReader(PassageReading reading, double doubt) {
        this.reading = reading;
        this.doubt = doubt;
    }

    /**
     * @param evidence at least one passage
     * @param refusal what to say where no passage gives a readable answer
     */
    Read read(Evidence evidence, String refusal, DeltaSink sink, Model model) {
        return switch (reading) {
            case STUFF -> new Read(model.answer(evidence.texts(), sink), evidence);
            case MAP_RERANK -> mostCredible(evidence, refusal, sink, model);
        };
    }

    private Read mostCredible(Evidence evidence, String refusal, DeltaSink sink, Model model) {
        Read best = null;
        for (ScoredPassage passage : evidence.passages()) {
            // No answer is more confident than 1, so a passage's own score bounds what its answer can reach.
            if (best != null && best.credibility() >= passage.getScore()) {
                break;
            }
            Evidence one = evidence.only(passage);
            DecodedText decoded = model.answer(one.texts(), DeltaSink.NONE);
            Read read = new Read(decoded.doubt() > doubt ? decoded.saying(refusal) : decoded, one);
            if (best == null || read.credibility() > best.credibility()) {
                best = read;
            }
        }
        Read said = best.decoded().broken() ? new Read(best.decoded().saying(refusal), best.evidence()) : best;
        sink.accept(said.decoded().text());
        return said;
    }
}
