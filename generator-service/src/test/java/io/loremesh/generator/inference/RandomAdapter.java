package io.loremesh.generator.inference;

import io.loremesh.model.adapter.Adapter;
import io.loremesh.model.adapter.AdapterConfig;
import io.loremesh.model.adapter.LoraPair;
import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.model.checkpoint.ParameterShapes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Adapters with random values, as large as the weights, so that an adapter that is ignored cannot go unnoticed. */
public final class RandomAdapter {
    private RandomAdapter() {}

    /** @param linears the adapted maps, of {@link ParameterShapes#LINEARS} */
    public static Adapter write(Path dir, Checkpoint base, int rank, List<String> linears, long seed)
            throws IOException {
        Random random = new Random(seed);
        Map<String, LoraPair> pairs = new TreeMap<>();
        for (int layer = 0; layer < base.config().layers(); layer++) {
            for (String linear : linears) {
                long[] shape = ParameterShapes.linear(base.config(), linear);
                int out = (int) shape[0];
                int in = (int) shape[1];
                pairs.put(
                        "model.layers." + layer + "." + linear,
                        new LoraPair(rank, in, out, values(random, rank * in), values(random, out * rank)));
            }
        }
        List<String> targets = linears.stream()
                .map(name -> name.substring(name.indexOf('.') + 1))
                .toList();
        Adapter.write(dir, new AdapterConfig(rank, 2.0 * rank, targets, base.digest()), pairs);
        return Adapter.open(dir);
    }

    private static float[] values(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * .15);
        }
        return values;
    }
}
