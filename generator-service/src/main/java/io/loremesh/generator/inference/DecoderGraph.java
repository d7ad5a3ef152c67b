package io.loremesh.generator.inference;

import static io.loremesh.generator.inference.OnnxGraph.MICROSOFT;
import static io.loremesh.generator.inference.OnnxGraph.attribute;

import io.loremesh.generator.inference.OnnxGraph.Type;
import io.loremesh.model.checkpoint.ModelConfig;
import io.loremesh.model.family.ModelFamily;
import java.util.ArrayList;
import java.util.List;

/**
 * The ONNX graph of a decoder of a {@link ModelFamily}, in the order of its forward pass. One graph serves prefill and
 * decode, the base and any adapters of a batch: {@code y = x·Wᵀ + ((x·Aᵀ) ⊙ mask)·B}, where R = 0 is the bare base.
 *
 * <p>Inputs: {@value #IDS} [batch, seq], {@value #LENGTHS} [batch] (tokens of each row after this step, minus one),
 * {@value #TOTAL} (the greatest of them, plus one), {@value #ROWS} (positions, row-major over batch and seq, whose
 * logits are wanted), the caches, and each {@link Projection}'s LoRA inputs. Outputs: {@value #LOGITS} [wanted,
 * vocabulary], the caches.
 */
final class DecoderGraph {
    static final String IDS = "input_ids";
    static final String LENGTHS = "seqlens_k";
    static final String TOTAL = "total_sequence_length";
    static final String ROWS = "logit_rows";
    static final String LOGITS = "logits";
    static final String EMBEDDING = "model.embed_tokens.weight";
    static final String LM_HEAD = "lm_head.weight";
    static final String FINAL_NORM = "model.norm.weight";
    static final String COS = "cos_cache";
    static final String SIN = "sin_cache";

    private static final String ONNX = "";

    private final ModelConfig config;
    private final int context;
    private final OnnxGraph graph = new OnnxGraph();

    private DecoderGraph(ModelConfig config, int context) {
        this.config = config;
        this.context = context;
    }

    /** The serialised ONNX model; {@code context} is the length of the cache, in tokens. */
    static byte[] write(ModelConfig config, int context) {
        DecoderGraph decoder = new DecoderGraph(config, context);
        decoder.declare();
        decoder.forward();
        return decoder.graph.toModel();
    }

    static String pastKey(int layer) {
        return "past_key_" + layer;
    }

    static String pastValue(int layer) {
        return "past_value_" + layer;
    }

    static String presentKey(int layer) {
        return "present_key_" + layer;
    }

    static String presentValue(int layer) {
        return "present_value_" + layer;
    }

    private void declare() {
        graph.input(IDS, Type.INT64, "batch", "seq");
        graph.input(LENGTHS, Type.INT32, "batch");
        graph.input(TOTAL, Type.INT32);
        graph.input(ROWS, Type.INT64, "wanted");
        for (Projection projection : List.of(Projection.QKV, Projection.GATE_UP, Projection.OUT)) {
            graph.input(
                    projection.loraMask(),
                    Type.FLOAT,
                    "batch",
                    1,
                    "rank_" + projection.linears().size());
        }
        graph.weight(EMBEDDING, config.vocabSize(), config.hiddenSize());
        graph.weight(COS, context, config.headDim() / 2);
        graph.weight(SIN, context, config.headDim() / 2);
        graph.weight(FINAL_NORM, config.hiddenSize());
        if (!config.tiedEmbeddings()) {
            graph.weight(LM_HEAD, config.vocabSize(), config.hiddenSize());
        }
        for (int layer = 0; layer < config.layers(); layer++) {
            declareBlock(layer);
        }
        graph.output(LOGITS, Type.FLOAT, "wanted", config.vocabSize());
    }

    private void declareBlock(int layer) {
        graph.weight(inputNorm(layer), config.hiddenSize());
        graph.weight(attentionNorm(layer), config.hiddenSize());
        if (config.family().headNorm()) {
            graph.weight(queryNorm(layer), config.headDim());
            graph.weight(keyNorm(layer), config.headDim());
        }
        for (Projection projection : Projection.values()) {
            graph.weight(projection.weight(layer), projection.out(config), projection.in(config));
            String rank = "rank_" + projection.linears().size();
            graph.input(projection.loraA(layer), Type.FLOAT, rank, projection.in(config));
            graph.input(projection.loraB(layer), Type.FLOAT, rank, projection.out(config));
        }
        if (config.qkvBias()) {
            graph.weight(Projection.QKV.bias(layer), Projection.QKV.out(config));
        }
        Object[] cache = {"batch", config.kvHeads(), context, config.headDim()};
        graph.input(pastKey(layer), Type.FLOAT, cache);
        graph.input(pastValue(layer), Type.FLOAT, cache);
        graph.output(presentKey(layer), Type.FLOAT, cache);
        graph.output(presentValue(layer), Type.FLOAT, cache);
    }

    private void forward() {
        String residual = graph.node(ONNX, "Gather", List.of(EMBEDDING, IDS)); // [batch, seq, hidden]
        String normed = graph.node(
                ONNX,
                "SimplifiedLayerNormalization",
                List.of(residual, inputNorm(0)),
                attribute("epsilon", (float) config.rmsNormEps()),
                attribute("axis", -1));
        for (int layer = 0; layer < config.layers(); layer++) {
            Normed afterAttention = addAndNorm(attention(layer, normed), residual, attentionNorm(layer));
            String nextNorm = layer + 1 < config.layers() ? inputNorm(layer + 1) : FINAL_NORM;
            Normed afterMlp = addAndNorm(mlp(layer, afterAttention.normed()), afterAttention.sum(), nextNorm);
            residual = afterMlp.sum();
            normed = afterMlp.normed();
        }
        String flat = graph.node(ONNX, "Reshape", List.of(normed, graph.constant("flat", -1, config.hiddenSize())));
        String wanted = graph.node(ONNX, "Gather", List.of(flat, ROWS)); // [wanted, hidden]
        String head = config.tiedEmbeddings() ? EMBEDDING : LM_HEAD;
        graph.node(MICROSOFT, "FusedMatMul", List.of(wanted, head), List.of(LOGITS), attribute("transB", 1));
    }

    private String attention(int layer, String x) {
        String qkv = product(Projection.QKV, layer, x);
        if (config.qkvBias()) {
            qkv = graph.node(ONNX, "Add", List.of(qkv, Projection.QKV.bias(layer)));
        }
        String attended = "attended_" + layer;
        // Queries, keys and values come packed in the first input, or apart, each normalised.
        List<String> queried = config.family().headNorm() ? normedHeads(layer, qkv) : List.of(qkv, "", "");
        List<String> inputs = new ArrayList<>(queried);
        inputs.addAll(List.of(pastKey(layer), pastValue(layer), LENGTHS, TOTAL, COS, SIN));
        graph.node(
                MICROSOFT,
                "GroupQueryAttention",
                inputs,
                List.of(attended, presentKey(layer), presentValue(layer)),
                attribute("num_heads", config.heads()),
                attribute("kv_num_heads", config.kvHeads()),
                attribute("do_rotary", 1));
        return product(Projection.OUT, layer, attended);
    }

    /** Queries and keys with each head normalised before it turns, and values: each [batch, seq, heads * headDim]. */
    private List<String> normedHeads(int layer, String qkv) {
        List<String> parts = List.of("query_" + layer, "key_" + layer, "value_" + layer);
        long queries = (long) config.heads() * config.headDim();
        long keys = (long) config.kvHeads() * config.headDim();
        graph.node(
                ONNX,
                "Split",
                List.of(qkv, graph.constant("heads_" + layer, queries, keys, keys)),
                parts,
                attribute("axis", -1));
        return List.of(
                normedHead(parts.get(0), queryNorm(layer), queries),
                normedHead(parts.get(1), keyNorm(layer), keys),
                parts.get(2));
    }

    private String normedHead(String x, String norm, long width) {
        String apart = graph.constant("apart_" + norm, 0, 0, -1, config.headDim());
        String together = graph.constant("together_" + norm, 0, 0, width);
        String heads = graph.node(ONNX, "Reshape", List.of(x, apart));
        String normed = graph.node(
                ONNX,
                "SimplifiedLayerNormalization",
                List.of(heads, norm),
                attribute("epsilon", (float) config.rmsNormEps()),
                attribute("axis", -1));
        return graph.node(ONNX, "Reshape", List.of(normed, together));
    }

    private String mlp(int layer, String x) {
        String gateUp = product(Projection.GATE_UP, layer, x);
        List<String> halves = List.of("gate_" + layer, "up_" + layer);
        graph.node(ONNX, "Split", List.of(gateUp), halves, attribute("axis", -1), attribute("num_outputs", 2));
        // QuickGelu with alpha 1 is SiLU.
        String gate = graph.node(MICROSOFT, "QuickGelu", List.of(halves.getFirst()), attribute("alpha", 1f));
        return product(Projection.DOWN, layer, graph.node(ONNX, "Mul", List.of(gate, halves.getLast())));
    }

    private String product(Projection projection, int layer, String x) {
        String full = matMul(x, projection.weight(layer), true); // [batch, seq, out]
        String low = matMul(x, projection.loraA(layer), true); // [batch, seq, R]
        String own = graph.node(ONNX, "Mul", List.of(low, projection.loraMask()));
        return graph.node(ONNX, "Add", List.of(full, matMul(own, projection.loraB(layer), false)));
    }

    private String matMul(String x, String weight, boolean transposed) {
        return transposed
                ? graph.node(MICROSOFT, "FusedMatMul", List.of(x, weight), attribute("transB", 1))
                : graph.node(ONNX, "MatMul", List.of(x, weight));
    }

    private record Normed(String normed, String sum) {}

    private Normed addAndNorm(String x, String residual, String norm) {
        Normed result = new Normed("normed_" + norm, "sum_" + norm);
        graph.node(
                MICROSOFT,
                "SkipSimplifiedLayerNormalization",
                List.of(x, residual, norm),
                List.of(result.normed(), "", "", result.sum()),
                attribute("epsilon", (float) config.rmsNormEps()));
        return result;
    }

    static String inputNorm(int layer) {
        return Projection.block(layer) + "input_layernorm.weight";
    }

    static String queryNorm(int layer) {
        return Projection.block(layer) + "self_attn.q_norm.weight";
    }

    static String keyNorm(int layer) {
        return Projection.block(layer) + "self_attn.k_norm.weight";
    }

    static String attentionNorm(int layer) {
        return Projection.block(layer) + "post_attention_layernorm.weight";
    }
}
