package io.loremesh.generator.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.loremesh.model.checkpoint.ModelConfig;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keys and values of the running sequences: per layer two slabs [rows, kvHeads, context, headDim], written in place by
 * passing the same memory as past and as present. Any run of rows is a tensor without a copy. Used by one thread alone.
 */
final class KvCache implements AutoCloseable {
    /** Views of some rows, by the graph's names. */
    record Rows(Map<String, OnnxTensor> past, Map<String, OnnxTensor> present) {}

    private record RowRange(int first, int count) {}

    private final OrtEnvironment environment;
    private final ModelConfig config;
    private final int context;
    private final Arena arena = Arena.ofShared();
    private final List<MemorySegment> keys = new ArrayList<>();
    private final List<MemorySegment> values = new ArrayList<>();
    private final Map<RowRange, Rows> views = new HashMap<>();

    KvCache(OrtEnvironment environment, ModelConfig config, int rows, int context) {
        this.environment = environment;
        this.config = config;
        this.context = context;
        for (int layer = 0; layer < config.layers(); layer++) {
            keys.add(arena.allocate(rows * rowBytes(), Long.BYTES));
            values.add(arena.allocate(rows * rowBytes(), Long.BYTES));
        }
    }

    private long rowBytes() {
        return config.kvHeads() * headBytes(context);
    }

    private long headBytes(int tokens) {
        return (long) tokens * config.headDim() * ValueLayout.JAVA_FLOAT.byteSize();
    }

    /** Rows {@code first} to {@code first + count - 1}; made at the first call and kept. */
    Rows rows(int first, int count) throws OrtException {
        RowRange range = new RowRange(first, count);
        Rows known = views.get(range);
        if (known != null) {
            return known;
        }
        Rows made = new Rows(new HashMap<>(), new HashMap<>());
        for (int layer = 0; layer < config.layers(); layer++) {
            OnnxTensor key = view(keys.get(layer), range);
            OnnxTensor value = view(values.get(layer), range);
            made.past().put(DecoderGraph.pastKey(layer), key);
            made.past().put(DecoderGraph.pastValue(layer), value);
            made.present().put(DecoderGraph.presentKey(layer), key);
            made.present().put(DecoderGraph.presentValue(layer), value);
        }
        views.put(range, made);
        return made;
    }

    private OnnxTensor view(MemorySegment slab, RowRange range) throws OrtException {
        MemorySegment rows = slab.asSlice(range.first() * rowBytes(), range.count() * rowBytes());
        return Weights.tensor(environment, rows, range.count(), config.kvHeads(), context, config.headDim());
    }

    /** Copies the first {@code tokens} tokens of a row over another row. */
    void move(int from, int to, int tokens) {
        for (int layer = 0; layer < config.layers(); layer++) {
            for (int head = 0; head < config.kvHeads(); head++) {
                long offset = head * headBytes(context);
                for (MemorySegment slab : List.of(keys.get(layer), values.get(layer))) {
                    MemorySegment.copy(
                            slab, from * rowBytes() + offset, slab, to * rowBytes() + offset, headBytes(tokens));
                }
            }
        }
    }

    @Override
    public void close() {
        views.values().forEach(rows -> rows.past().values().forEach(OnnxTensor::close));
        arena.close();
    }
}
