package io.loremesh.trainer.lora;

import io.loremesh.model.adapter.Adapter;
import io.loremesh.model.adapter.AdapterConfig;
import io.loremesh.model.adapter.LoraPair;
import io.loremesh.model.checkpoint.ModelConfig;
import io.loremesh.model.checkpoint.ParameterShapes;
import io.loremesh.trainer.decoder.PlainProjections;
import io.loremesh.trainer.decoder.Projections;
import io.loremesh.trainer.decoder.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * LoRA (arXiv:2106.09685) on all seven linear maps of every block: y = W x + b + alpha / r · B (A x), W and b frozen.
 * Its tensors outlive every step's {@code PointerScope}.
 */
public final class LoraAdapter implements Projections {

    private static final List<String> TARGETS = ParameterShapes.LINEARS.stream()
            .map(linear -> linear.substring(linear.indexOf('.') + 1))
            .toList();

    private record Pair(Tensor a, Tensor b) {} // [rank, in], [out, rank]

    private final Projections base;
    private final int rank;
    private final double alpha;
    private final Map<String, Pair> pairs = new LinkedHashMap<>();

    private LoraAdapter(Weights base, int rank, double alpha) {
        this.base = new PlainProjections(base);
        this.rank = rank;
        this.alpha = alpha;
    }

    /** An adapter that changes nothing yet. */
    public static LoraAdapter fresh(ModelConfig config, Weights base, int rank, double alpha, long seed) {
        LoraAdapter adapter = new LoraAdapter(base, rank, alpha);
        Random random = new Random(seed);
        for (int layer = 0; layer < config.layers(); layer++) {
            for (String linear : ParameterShapes.LINEARS) {
                long[] shape = ParameterShapes.linear(config, linear);
                int out = Math.toIntExact(shape[0]);
                int in = Math.toIntExact(shape[1]);
                double bound = 1 / Math.sqrt(in);
                float[] a = new float[rank * in];
                for (int i = 0; i < a.length; i++) {
                    a[i] = (float) ((2 * random.nextDouble() - 1) * bound);
                }
                // B starts at zero: at step 0 the adapted model must equal its base, and LoraAdapterTest holds us to
                // it.
                adapter.add(
                        "model.layers." + layer + "." + linear, new LoraPair(rank, in, out, a, new float[out * rank]));
            }
        }
        return adapter;
    }

    /** Goes on from a trained adapter. */
    public static LoraAdapter from(Adapter parent, Weights base) {
        LoraAdapter adapter =
                new LoraAdapter(base, parent.config().rank(), parent.config().alpha());
        parent.pairs().forEach(adapter::add);
        return adapter;
    }

    @Override
    public Tensor apply(String name, Tensor x) {
        Tensor plain = base.apply(name, x);
        Pair pair = pairs.get(name);
        if (pair == null) {
            return plain;
        }
        Tensor low = torch.linear(x, pair.a()); // [n, in] -> [n, rank]
        return plain.add(torch.linear(low, pair.b()), new Scalar(alpha / rank));
    }

    /** What training changes. */
    public List<Tensor> parameters() {
        List<Tensor> parameters = new ArrayList<>();
        pairs.values().forEach(pair -> {
            parameters.add(pair.a());
            parameters.add(pair.b());
        });
        return parameters;
    }

    /** Writes the PEFT directory. */
    public void write(Path directory, String baseDigest) throws IOException {
        Map<String, LoraPair> values = new LinkedHashMap<>();
        pairs.forEach((name, pair) -> values.put(
                name,
                new LoraPair(
                        rank,
                        Math.toIntExact(pair.a().size(1)),
                        Math.toIntExact(pair.b().size(0)),
                        Weights.valuesOf(pair.a()),
                        Weights.valuesOf(pair.b()))));
        Adapter.write(directory, new AdapterConfig(rank, alpha, TARGETS, baseDigest), values);
    }

    private void add(String name, LoraPair pair) {
        Tensor a = Tensor.create(pair.a(), pair.rank(), pair.in());
        Tensor b = Tensor.create(pair.b(), pair.out(), pair.rank());
        a.set_requires_grad(true);
        b.set_requires_grad(true);
        pairs.put(name, new Pair(a, b));
    }
}
