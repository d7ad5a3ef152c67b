package io.loremesh.generator.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.loremesh.model.checkpoint.ModelConfig;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The LoRA inputs for one set of adapters, concatenated along the rank; an empty set is the bare base. Made once per
 * set and kept, since building tensors costs more than a decoding step of a small model. Used by the inference thread
 * alone.
 */
final class LoraInputs implements AutoCloseable {
    private final OrtEnvironment environment;
    private final List<LoraWeights> adapters;
    private final Arena arena = Arena.ofConfined();
    private final Map<String, OnnxTensor> factors = new HashMap<>();

    LoraInputs(OrtEnvironment environment, ModelConfig config, List<LoraWeights> adapters) throws OrtException {
        this.environment = environment;
        this.adapters = adapters;
        for (int layer = 0; layer < config.layers(); layer++) {
            for (Projection projection : Projection.values()) {
                int in = projection.in(config);
                int out = projection.out(config);
                int rows = rows(projection);
                MemorySegment a = allocate((long) rows * in);
                MemorySegment b = allocate((long) rows * out);
                long row = 0;
                for (LoraWeights adapter : adapters) {
                    LoraWeights.Factors own = adapter.factors(layer, projection);
                    MemorySegment.copy(own.a(), 0, a, ValueLayout.JAVA_FLOAT, row * in * Float.BYTES, own.a().length);
                    MemorySegment.copy(own.b(), 0, b, ValueLayout.JAVA_FLOAT, row * out * Float.BYTES, own.b().length);
                    row += own.rows();
                }
                factors.put(projection.loraA(layer), Weights.tensor(environment, a, rows, in));
                factors.put(projection.loraB(layer), Weights.tensor(environment, b, rows, out));
            }
        }
    }

    private int rows(Projection projection) {
        return adapters.stream().mapToInt(LoraWeights::rank).sum()
                * projection.linears().size();
    }

    private MemorySegment allocate(long floats) {
        // A tensor of no elements still needs an address.
        return arena.allocate(ValueLayout.JAVA_FLOAT, Math.max(1, floats)).asSlice(0, floats * Float.BYTES);
    }

    Map<String, OnnxTensor> factors() {
        return factors;
    }

    /**
     * The masks of a batch by input name: 1 where a rank belongs to the row's own adapter.
     *
     * @param rows each row's adapter: one of this set, or {@link LoraWeights#NONE}
     */
    Map<String, OnnxTensor> masks(List<LoraWeights> rows) throws OrtException {
        Map<String, OnnxTensor> masks = new HashMap<>();
        for (Projection projection : List.of(Projection.QKV, Projection.GATE_UP, Projection.OUT)) {
            int width = rows(projection);
            float[] mask = new float[rows.size() * width];
            for (int i = 0; i < rows.size(); i++) {
                int column = i * width;
                for (LoraWeights adapter : adapters) {
                    int own = adapter.rank() * projection.linears().size();
                    Arrays.fill(mask, column, column + own, adapter == rows.get(i) ? 1 : 0);
                    column += own;
                }
            }
            masks.put(
                    projection.loraMask(),
                    OnnxTensor.createTensor(environment, FloatBuffer.wrap(mask), new long[] {rows.size(), 1, width}));
        }
        return masks;
    }

    @Override
    public void close() {
        factors.values().forEach(OnnxTensor::close);
        arena.close();
    }
}
