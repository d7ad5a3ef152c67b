package io.loremesh.trainer.decoder;

import io.loremesh.model.checkpoint.ModelConfig;
import java.util.Optional;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The Qwen2 decoder (arXiv:2407.10671; Hugging Face {@code Qwen2ForCausalLM}), written so that libtorch can
 * differentiate it: RMSNorm, rotary positions, biased q/k/v with grouped heads, causal attention, SwiGLU.
 *
 * <p>Sequences are padded on the right: with causal attention no real token ever sees a pad.
 * Not safe for concurrent use. Every returned tensor belongs to the caller's {@code PointerScope}.
 */
public final class Decoder {

    private final ModelConfig config;
    private final Weights weights;
    private final Projections projections;
    private final Rotary rotary;

    /** A decoder whose linear layers are those of {@code projections}: plain weights, or weights with an adapter. */
    public Decoder(ModelConfig config, Weights weights, Projections projections) {
        this.config = config;
        this.weights = weights;
        this.projections = projections;
        this.rotary = new Rotary(config);
    }

    /** The decoder of {@code weights} alone. */
    public static Decoder of(ModelConfig config, Weights weights) {
        return new Decoder(config, weights, new PlainProjections(weights));
    }

    /**
     * The last hidden states, after the final norm.
     *
     * @param tokens int64 [batch, seq], seq at most the model's positions
     * @return float [batch * seq, hidden]
     */
    public Tensor hidden(Tensor tokens) {
        return hidden(tokens, Optional.empty(), Optional.empty());
    }

    /**
     * The same of some positions alone, which spares the last block most of its work.
     *
     * @param tokens int64 [batch, seq], seq at most the model's positions
     * @param visibility where not every earlier token is seen, or a token's position is not its index
     * @param rows int64 [n], flat indices into [batch * seq]
     * @return float [n, hidden]
     */
    public Tensor hidden(Tensor tokens, Optional<Visibility> visibility, Tensor rows) {
        return hidden(tokens, visibility, Optional.of(rows));
    }

    private Tensor hidden(Tensor tokens, Optional<Visibility> visibility, Optional<Tensor> rows) {
        long batch = tokens.size(0);
        long seq = tokens.size(1);
        if (seq > config.maxPositions()) {
            throw new IllegalArgumentException("A sequence of " + seq + " tokens exceeds the model's "
                    + config.maxPositions() + " positions; shorten it");
        }
        Rotary.Turn turn =
                visibility.map(seen -> rotary.at(seen.positions(), batch, seq)).orElseGet(() -> rotary.upTo(seq));
        TensorOptional mask = visibility
                .map(seen -> new TensorOptional(Tensor.create(seen.mask(), batch, 1, seq, seq)))
                .orElseGet(TensorOptional::new);
        Tensor x = torch.embedding(weights.get("model.embed_tokens.weight"), tokens)
                .reshape(batch * seq, config.hiddenSize());
        for (int layer = 0; layer < config.layers(); layer++) {
            String block = "model.layers." + layer + ".";
            Tensor mixed =
                    attention(block + "self_attn.", norm(x, block + "input_layernorm.weight"), batch, turn, mask);
            if (layer == config.layers() - 1 && rows.isPresent()) { // from here on, no position looks at another
                x = x.index_select(0, rows.get());
                mixed = mixed.index_select(0, rows.get());
            }
            x = x.add(projections.apply(block + "self_attn.o_proj", mixed));
            x = x.add(feedForward(block + "mlp.", norm(x, block + "post_attention_layernorm.weight")));
        }
        return norm(x, "model.norm.weight");
    }

    /**
     * The scores of the next token: [n, hidden] -> [n, vocab]. Project only the rows that are needed: it saves much.
     */
    public Tensor logits(Tensor hidden) {
        String head = config.tiedEmbeddings() ? "model.embed_tokens.weight" : "lm_head.weight";
        return torch.linear(hidden, weights.get(head));
    }

    /** What each head has gathered, before it is projected back: [batch * seq, heads * headDim]. */
    private Tensor attention(String prefix, Tensor x, long batch, Rotary.Turn turn, TensorOptional mask) {
        long seq = x.size(0) / batch;
        Tensor q = projections.apply(prefix + "q_proj", x); // [batch * seq, heads * headDim]
        Tensor k = projections.apply(prefix + "k_proj", x);
        Tensor v = projections.apply(prefix + "v_proj", x).view(batch, seq, config.kvHeads(), config.headDim());
        if (config.family().headNorm()) {
            q = headNorm(q, prefix + "q_norm.weight");
            k = headNorm(k, prefix + "k_norm.weight");
        }
        // Queries and keys turn together: one set of elementwise kernels instead of two.
        Tensor turned = turn.of(torch.cat(new TensorVector(q, k), 1)
                .view(batch, seq, config.heads() + config.kvHeads(), config.headDim()));
        TensorVector queriesAndKeys = turned.split(new long[] {config.heads(), config.kvHeads()}, 2);
        Tensor mixed = torch.scaled_dot_product_attention(
                queriesAndKeys.get(0).transpose(1, 2),
                queriesAndKeys.get(1).transpose(1, 2),
                v.transpose(1, 2),
                mask,
                0.0,
                !mask.has_value(),
                new DoubleOptional(),
                config.heads() != config.kvHeads()); // [batch, heads, seq, headDim]
        return mixed.transpose(1, 2).reshape(batch * seq, (long) config.heads() * config.headDim());
    }

    private Tensor feedForward(String prefix, Tensor x) {
        Tensor gate = projections.apply(prefix + "gate_proj", x);
        Tensor up = projections.apply(prefix + "up_proj", x);
        return projections.apply(prefix + "down_proj", torch.silu(gate).mul(up));
    }

    /** Each head normalised by itself: [n, heads * headDim], before and after. */
    private Tensor headNorm(Tensor x, String name) {
        Tensor heads = x.view(-1, config.headDim());
        Tensor normed = torch.rms_norm(
                heads,
                new long[] {config.headDim()},
                new TensorOptional(weights.get(name)),
                new DoubleOptional(config.rmsNormEps()));
        return normed.view(x.size(0), x.size(1));
    }

    private Tensor norm(Tensor x, String name) {
        return torch.rms_norm(
                x,
                new long[] {config.hiddenSize()},
                new TensorOptional(weights.get(name)),
                new DoubleOptional(config.rmsNormEps()));
    }
}
