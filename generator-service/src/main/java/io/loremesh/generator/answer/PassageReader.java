package io.loremesh.generator.answer;

import io.loremesh.generator.completion.DecodedText;
import io.loremesh.generator.completion.ReadableText;
import io.loremesh.generator.inference.FinishReason;
import io.loremesh.model.answer.Abstention;
import io.loremesh.model.profile.PassageReading;
import io.loremesh.proto.retriever.v1.ScoredPassage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Answers a question from its passages, of which there is at least one, in the configured way. What is read stands in
 * a passage
 * whole ({@link PassageValue}), or it is not given. Safe for concurrent use.
 */
final class PassageReader {
    private final PassageReading reading;
    private final double doubt;

    /** Lets the model answer from some texts. */
    @FunctionalInterface
    interface Model {
        DecodedText answer(List<String> passages);
    }

    /**
     * @param decoded what the model answers
     * @param evidence the passages that it answers from
     */
    record Read(DecodedText decoded, Evidence evidence) {
        boolean abstained() {
            return decoded.broken() || decoded.finish() == FinishReason.LENGTH || Abstention.matches(decoded.text());
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
    Read read(Evidence evidence, String question, String refusal, Model model) {
        Read read =
                switch (reading) {
                    case STUFF -> together(evidence, question, refusal, model);
                    case MAP_RERANK -> mostCredible(evidence, refusal, model);
                };
        return read.decoded().broken() ? new Read(read.decoded().refused(refusal), read.evidence()) : read;
    }

    /** A model that reads many passages at once may speak in sentences of its own. */
    private static Read together(Evidence evidence, String question, String refusal, Model model) {
        DecodedText decoded = model.answer(readable(evidence));
        Optional<DecodedText> standing = standing(decoded, evidence);
        if (standing.isEmpty()
                && decoded.finish() != FinishReason.LENGTH
                && PassageValue.saysOnly(
                        decoded.text(),
                        Stream.concat(evidence.texts().stream(), Stream.of(question))
                                .toList())) {
            standing = Optional.of(decoded);
        }
        return new Read(standing.orElseGet(() -> decoded.refused(refusal)), evidence);
    }

    private Read mostCredible(Evidence evidence, String refusal, Model model) {
        Read best = null;
        boolean cut = false;
        for (ScoredPassage passage : evidence.passages()) {
            // No answer is more confident than 1, so a passage's own score bounds what its answer can reach.
            if (best != null && best.credibility() >= passage.getScore()) {
                break;
            }
            Evidence one = evidence.only(passage);
            DecodedText decoded = model.answer(readable(one));
            cut |= decoded.finish() == FinishReason.LENGTH;
            DecodedText said = decoded.doubt() > doubt
                    ? decoded.saying(refusal)
                    : standing(decoded, one).orElseGet(() -> decoded.refused(refusal));
            Read read = new Read(said, one);
            if (best == null || read.credibility() > best.credibility()) {
                best = read;
            }
        }
        return cut && best.abstained()
                ? new Read(best.decoded().refused(refusal).cut(), best.evidence())
                : best;
    }

    private static List<String> readable(Evidence evidence) {
        return evidence.texts().stream().map(ReadableText::of).toList();
    }

    /**
     * What was decoded, as a passage spells it; empty where it was cut or no passage states it. A refusal states
     * nothing.
     */
    private static Optional<DecodedText> standing(DecodedText decoded, Evidence evidence) {
        if (decoded.finish() == FinishReason.LENGTH) {
            return Optional.empty();
        }
        if (decoded.broken() || Abstention.matches(decoded.text())) {
            return Optional.of(decoded);
        }
        return evidence.texts().stream()
                .flatMap(text -> PassageValue.in(text, decoded.text()).stream())
                .findFirst()
                .map(decoded::saying);
    }
}
