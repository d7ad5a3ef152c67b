package io.loremesh.trainer.objective;

import io.loremesh.model.statistic.Rate;
import io.loremesh.trainer.decoder.Decoder;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.CrossEntropyLossOptions;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.kNone;

/** Cross-entropy of the next token, on the batch's targets alone; only their positions are projected to logits. */
public final class MaskedLoss {

    private MaskedLoss() {}

    /** The weighted mean over the batch's targets, in nats per token; belongs to the caller's {@code PointerScope}. */
    public static Tensor of(Decoder decoder, Batch batch) {
        return of(decoder, batch, batch.totalWeight());
    }

    /** The same for one part of a larger batch: its weighted sum divided by the whole's {@code totalWeight}. */
    public static Tensor of(Decoder decoder, Batch part, double totalWeight) {
        float[] shares = part.weights().clone();
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= (float) totalWeight;
        }
        CrossEntropyLossOptions perTarget = new CrossEntropyLossOptions();
        perTarget.reduction().put(new kNone());
        return torch.dot(
                torch.cross_entropy(targetLogits(decoder, part), Tensor.create(part.labels()), perTarget),
                Tensor.create(shares));
    }

    /**
     * Teacher-forced accuracy: for each answer whether every one of its tokens is the most likely one given the right
     * tokens before it. Equal to greedy exact match, without generating.
     */
    public static boolean[] answersRight(Decoder decoder, Batch batch) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor best = torch.argmax(targetLogits(decoder, batch), new LongOptional(1), false);
            long[] predicted = new long[batch.labels().length];
            best.data_ptr_long().get(predicted);
            boolean[] right = new boolean[batch.answers().size()];
            for (int i = 0; i < right.length; i++) {
                Batch.Span answer = batch.answers().get(i);
                right[i] = Arrays.equals(
                        predicted, answer.from(), answer.to(), batch.labels(), answer.from(), answer.to());
            }
            return right;
        }
    }

    /** The share of {@link #answersRight} over all parts. */
    public static Rate accuracy(Decoder decoder, List<Batch> parts) {
        Rate right = new Rate(0, 0);
        for (Batch part : parts) {
            for (boolean answer : answersRight(decoder, part)) {
                right = right.plus(new Rate(answer ? 1 : 0, 1));
            }
        }
        return right;
    }

    private static Tensor targetLogits(Decoder decoder, Batch batch) {
        Tensor tokens = Tensor.create(batch.tokens(), batch.size(), batch.width());
        return decoder.logits(decoder.hidden(tokens, batch.visibility(), Tensor.create(batch.rows())));
    }
}
