package io.loremesh.lab.pretrain;

import io.loremesh.model.checkpoint.ModelConfig;
import io.loremesh.trainer.decoder.Bfloat16Projections;
import io.loremesh.trainer.decoder.Decoder;
import io.loremesh.trainer.decoder.NativeThreads;
import io.loremesh.trainer.decoder.Weights;
import java.util.Locale;
import org.bytedeco.pytorch.global.torch;

/** The numbers that a training step multiplies. Weights, optimiser and checks are fp32 in both. */
enum Precision {
    FP32(torch.ScalarType.Float),
    BF16(torch.ScalarType.BFloat16);

    /** Below this, rounding the operands costs what the faster product saves. */
    private static final double WORTHWHILE = 1.3;

    private final torch.ScalarType operands;

    Precision(torch.ScalarType operands) {
        this.operands = operands;
    }

    /** bfloat16 where this processor multiplies it faster (AVX-512 BF16, AMX), which is measured; else fp32. */
    static Precision fastest() {
        NativeThreads.singleThreadedKernels();
        return PeakRate.ofThisThread(BF16) > WORTHWHILE * PeakRate.ofThisThread(FP32) ? BF16 : FP32;
    }

    torch.ScalarType operands() {
        return operands;
    }

    /** The decoder that a step differentiates. */
    Decoder decoder(ModelConfig config, Weights weights) {
        return switch (this) {
            case FP32 -> Decoder.of(config, weights);
            case BF16 -> new Decoder(config, weights, new Bfloat16Projections(weights));
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
