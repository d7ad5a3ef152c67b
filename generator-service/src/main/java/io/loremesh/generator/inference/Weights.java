package io.loremesh.generator.inference;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.model.checkpoint.DType;
import io.loremesh.model.checkpoint.ModelConfig;
import io.loremesh.model.checkpoint.TensorView;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of a {@link DecoderGraph}'s weights in 32-bit floats: mapped from the checkpoint where they can be used as
 * they lie there, copied where they are fused or of another type. Must outlive the session that was made with them.
 */
final class Weights implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    private final OrtEnvironment environment;

    private Weights(OrtEnvironment environment) {
        this.environment = environment;
    }

    static Weights of(Checkpoint checkpoint, int context, OrtEnvironment environment) throws OrtException {
        Weights weights = new Weights(environment);
        ModelConfig config = checkpoint.config();
        weights.plain(checkpoint, DecoderGraph.EMBEDDING);
        weights.plain(checkpoint, DecoderGraph.FINAL_NORM);
        if (!config.tiedEmbeddings()) {
            weights.plain(checkpoint, DecoderGraph.LM_HEAD);
        }
        for (int layer = 0; layer < config.layers(); layer++) {
            weights.plain(checkpoint, DecoderGraph.inputNorm(layer));
            weights.plain(checkpoint, DecoderGraph.attentionNorm(layer));
            if (config.family().headNorm()) {
                weights.plain(checkpoint, DecoderGraph.queryNorm(layer));
                weights.plain(checkpoint, DecoderGraph.keyNorm(layer));
            }
            for (Projection projection : Projection.values()) {
                weights.put(
                        projection.weight(layer),
                        weights.concatenate(checkpoint, projection, layer, ".weight"),
                        projection.out(config),
                        projection.in(config));
            }
            if (config.qkvBias()) {
                weights.put(
                        Projection.QKV.bias(layer),
                        weights.concatenate(checkpoint, Projection.QKV, layer, ".bias"),
                        Projection.QKV.out(config));
            }
        }
        weights.rotary(config, context);
        return weights;
    }

    Map<String, OnnxTensor> tensors() {
        return tensors;
    }

    private void plain(Checkpoint checkpoint, String name) throws OrtException {
        TensorView view = checkpoint.tensor(name);
        boolean usable = view.dtype() == DType.F32 && view.data().address() % Float.BYTES == 0;
        put(name, usable ? view.data() : copy(List.of(view)), view.shape());
    }

    private MemorySegment concatenate(Checkpoint checkpoint, Projection projection, int layer, String kind) {
        return copy(projection.linears().stream()
                .map(linear -> checkpoint.tensor(Projection.block(layer) + linear + kind))
                .toList());
    }

    /** Weights are [out, in], so that maps over the same input are concatenated by putting one behind the other. */
    private MemorySegment copy(List<TensorView> views) {
        long size = views.stream().mapToLong(TensorView::size).sum();
        MemorySegment all = arena.allocate(ValueLayout.JAVA_FLOAT, size);
        long offset = 0;
        for (TensorView view : views) {
            long bytes = view.size() * Float.BYTES;
            view.read(0, all.asSlice(offset, bytes));
            offset += bytes;
        }
        return all;
    }

    /** Cosine and sine of each position's angles, [context, headDim / 2]. */
    private void rotary(ModelConfig config, int context) throws OrtException {
        int half = config.headDim() / 2;
        MemorySegment cos = arena.allocate(ValueLayout.JAVA_FLOAT, (long) context * half);
        MemorySegment sin = arena.allocate(ValueLayout.JAVA_FLOAT, (long) context * half);
        double[] frequencies = config.rotary().frequencies(config.headDim());
        double attention = config.rotary().attentionFactor();
        for (int position = 0; position < context; position++) {
            for (int i = 0; i < half; i++) {
                double angle = position * frequencies[i];
                long index = (long) position * half + i;
                cos.setAtIndex(ValueLayout.JAVA_FLOAT, index, (float) (attention * Math.cos(angle)));
                sin.setAtIndex(ValueLayout.JAVA_FLOAT, index, (float) (attention * Math.sin(angle)));
            }
        }
        put(DecoderGraph.COS, cos, context, half);
        put(DecoderGraph.SIN, sin, context, half);
    }

    private void put(String name, MemorySegment values, long... shape) throws OrtException {
        tensors.put(name, tensor(environment, values, shape));
    }

    /** A tensor over native memory, without a copy. */
    static OnnxTensor tensor(OrtEnvironment environment, MemorySegment values, long... shape) throws OrtException {
        return OnnxTensor.createTensor(
                environment, values.asByteBuffer().order(ByteOrder.nativeOrder()), shape, OnnxJavaType.FLOAT);
    }

    @Override
    public void close() {
        tensors.values().forEach(OnnxTensor::close);
        arena.close();
    }
}
