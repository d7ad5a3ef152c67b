package io.loremesh.generator.inference;

import io.loremesh.model.adapter.Adapter;
import io.loremesh.model.adapter.LoraPair;
import io.loremesh.model.checkpoint.ModelConfig;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An adapter in the form that {@link DecoderGraph} reads: per block and projection the factors of the fused maps, with
 * the adapter's scaling in the second one. Immutable.
 */
public final class LoraWeights {
    /** The bare base: an adapter of rank 0. */
    public static final LoraWeights NONE = new LoraWeights("", 0, List.of());

    /**
     * {@code a} is [rows, in], {@code b} is [rows, out], row-major; rows are the adapter's rank times the fused maps.
     */
    record Factors(int rows, float[] a, float[] b) {}

    private final String digest;
    private final int rank;
    private final List<List<Factors>> blocks;

    private LoraWeights(String digest, int rank, List<List<Factors>> blocks) {
        this.digest = digest;
        this.rank = rank;
        this.blocks = blocks;
    }

    /** @param config of the base that the adapter fits */
    public static LoraWeights of(Adapter adapter, ModelConfig config) {
        List<List<Factors>> blocks = IntStream.range(0, config.layers())
                .mapToObj(layer -> List.of(Projection.values()).stream()
                        .map(projection -> fuse(adapter, config, projection, layer))
                        .toList())
                .toList();
        return new LoraWeights(adapter.digest(), adapter.config().rank(), blocks);
    }

    private static Factors fuse(Adapter adapter, ModelConfig config, Projection projection, int layer) {
        int rank = adapter.config().rank();
        float scaling = (float) adapter.config().scaling();
        int in = projection.in(config);
        int out = projection.out(config);
        int rows = rank * projection.linears().size();
        float[] a = new float[rows * in];
        float[] b = new float[rows * out];
        int row = 0;
        int column = 0;
        for (String linear : projection.linears()) {
            // A map that the adapter leaves alone keeps its zeros.
            LoraPair pair = adapter.pairs().get(Projection.block(layer) + linear);
            if (pair != null) {
                System.arraycopy(pair.a(), 0, a, row * in, rank * in);
                for (int r = 0; r < rank; r++) {
                    for (int o = 0; o < pair.out(); o++) {
                        b[(row + r) * out + column + o] = scaling * pair.b()[o * rank + r];
                    }
                }
            }
            row += rank;
            column += projection.out(config, linear);
        }
        return new Factors(rows, a, b);
    }

    /** The adapter's digest; empty for the bare base. */
    public String digest() {
        return digest;
    }

    int rank() {
        return rank;
    }

    Factors factors(int layer, Projection projection) {
        return blocks.get(layer).get(projection.ordinal());
    }
}
