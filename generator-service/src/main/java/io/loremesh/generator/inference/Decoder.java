package io.loremesh.generator.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.model.checkpoint.ModelConfig;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A model in ONNX Runtime with room for some sequences, one to a row of its KV cache. It runs either a slice of one
 * row's prompt or one token of each of the first rows: the CPU's GroupQueryAttention takes no batch of slices that have
 * a past. Results of a row do not depend on the other rows. Used by one thread alone.
 */
final class Decoder implements AutoCloseable {
    /** Sets of adapters whose concatenated inputs are kept; a set is one batch's, so few are in use at a time. */
    private static final int KEPT_ADAPTER_SETS = 8;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final ModelConfig config;
    private final Weights weights;
    private final OrtSession session;
    private final KvCache cache;
    private final SequencedMap<Set<LoraWeights>, LoraInputs> loraInputs = new LinkedHashMap<>(16, .75f, true);

    /**
     * @param rows sequences that fit at a time
     * @param context tokens that fit in a sequence
     * @param threads that one step may use
     */
    Decoder(Checkpoint checkpoint, int rows, int context, int threads) throws OrtException {
        this.config = checkpoint.config();
        this.weights = Weights.of(checkpoint, context, environment);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            // Idle threads that spin would take the cores from the other services of a small machine.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            options.addExternalInitializers(new HashMap<>(weights.tensors()));
            this.session = environment.createSession(DecoderGraph.write(config, context), options);
        }
        this.cache = new KvCache(environment, config, rows, context);
    }

    /**
     * Runs consecutive tokens of one sequence.
     *
     * @param past tokens that the row holds already
     * @param wanted positions within {@code tokens}, ascending, whose logits to return; may be empty
     * @return logits [wanted][vocabulary]
     */
    float[][] prefill(int row, int[] tokens, int past, int[] wanted, LoraWeights adapter) throws OrtException {
        // The graph needs at least one position; a slice that wants none pays for one row of logits.
        int[] positions = wanted.length == 0 ? new int[] {tokens.length - 1} : wanted;
        int[] total = {past + tokens.length};
        float[][] logits = run(cache.rows(row, 1), tokens, tokens.length, total, positions, List.of(adapter));
        return wanted.length == 0 ? new float[0][] : logits;
    }

    /**
     * Runs one token of each of the first {@code tokens.length} rows.
     *
     * @param pasts tokens that each row holds already
     * @return logits [row][vocabulary]
     */
    float[][] decode(int[] tokens, int[] pasts, List<LoraWeights> adapters) throws OrtException {
        int[] totals = IntStream.of(pasts).map(past -> past + 1).toArray();
        int[] positions = IntStream.range(0, tokens.length).toArray();
        return run(cache.rows(0, tokens.length), tokens, 1, totals, positions, adapters);
    }

    /** Copies a sequence of so many tokens to another row. */
    void move(int from, int to, int tokens) {
        cache.move(from, to, tokens);
    }

    private float[][] run(
            KvCache.Rows rows, int[] tokens, int seq, int[] totals, int[] wanted, List<LoraWeights> adapters)
            throws OrtException {
        LoraInputs lora = loraInputs(adapters);
        Map<String, OnnxTensor> step = new HashMap<>(lora.masks(adapters));
        try {
            step.put(DecoderGraph.IDS, longs(tokens, totals.length, seq));
            step.put(DecoderGraph.ROWS, longs(wanted, wanted.length));
            int[] last = IntStream.of(totals).map(total -> total - 1).toArray();
            step.put(
                    DecoderGraph.LENGTHS,
                    OnnxTensor.createTensor(environment, IntBuffer.wrap(last), new long[] {last.length}));
            int longest = IntStream.of(totals).max().orElseThrow();
            step.put(
                    DecoderGraph.TOTAL,
                    OnnxTensor.createTensor(environment, IntBuffer.wrap(new int[] {longest}), new long[] {}));
            Map<String, OnnxTensor> inputs = new HashMap<>(rows.past());
            inputs.putAll(lora.factors());
            inputs.putAll(step);
            try (OrtSession.Result result = session.run(inputs, Set.of(DecoderGraph.LOGITS), rows.present())) {
                OnnxTensor logits = (OnnxTensor) result.get(DecoderGraph.LOGITS).orElseThrow();
                return split(logits.getFloatBuffer(), wanted.length);
            }
        } finally {
            step.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor longs(int[] values, long... shape) throws OrtException {
        return OnnxTensor.createTensor(
                environment, LongBuffer.wrap(IntStream.of(values).asLongStream().toArray()), shape);
    }

    private float[][] split(FloatBuffer values, int count) {
        float[][] logits = new float[count][config.vocabSize()];
        for (float[] row : logits) {
            values.get(row);
        }
        return logits;
    }

    private LoraInputs loraInputs(List<LoraWeights> adapters) throws OrtException {
        Set<LoraWeights> set =
                adapters.stream().filter(adapter -> adapter.rank() > 0).collect(Collectors.toUnmodifiableSet());
        LoraInputs kept = loraInputs.get(set);
        if (kept != null) {
            return kept;
        }
        if (loraInputs.size() == KEPT_ADAPTER_SETS) {
            loraInputs.pollFirstEntry().getValue().close();
        }
        LoraInputs made = new LoraInputs(environment, config, List.copyOf(set));
        loraInputs.put(set, made);
        return made;
    }

    @Override
    public void close() {
        loraInputs.values().forEach(LoraInputs::close);
        cache.close();
        try {
            session.close();
        } catch (OrtException failure) {
            throw new IllegalStateException("The ONNX session did not close", failure);
        } finally {
            weights.close();
        }
    }
}
