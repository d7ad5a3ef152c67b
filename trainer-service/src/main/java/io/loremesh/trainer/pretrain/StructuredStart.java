package io.loremesh.trainer.pretrain;

import io.loremesh.model.checkpoint.ModelConfig;
import io.loremesh.trainer.decoder.Weights;
import java.util.Arrays;
import java.util.Random;

/**
 * Initial weights into which induction is already written, so that the model copies from its context before its first
 * step. Grown from random weights the same circuit takes millions of tokens to appear.
 *
 * <p>The residual stream is split by a random rotation: one half holds what a token <i>is</i> (S), one quarter what the
 * token before it was (C1), one quarter the token two back (C2). Layer 0 fills C1 and C2 by heads that look a fixed
 * distance back; the later layers look for a position whose C1 equals the present token and copy what it is: "what came
 * after this, last time". Matrices here are [in, out], x W; {@link Weights} takes them transposed.
 */
final class StructuredStart {

    /** Scale of the biases that make a head look a fixed distance back; 6² / √32 per pair separates neighbours. */
    private static final double POSITION_BIAS = 6;

    /** The fastest-turning pairs would tie content heads to exact distances. */
    private static final int SILENT_PAIRS = 3;

    private final ModelConfig config;
    private final Random random;
    private final Matrix identity; // S: [hidden, hidden / 2]
    private final Matrix previous; // C1: [hidden, hidden / 4]
    private final Matrix secondPrevious; // C2
    private final Matrix key; // A: [hidden, headDim], what a token is, in head coordinates

    private StructuredStart(ModelConfig config, long seed) {
        if (config.headDim() * 4 != config.hiddenSize() || config.heads() < 4 || config.kvHeads() != config.heads()) {
            throw new IllegalArgumentException("The structured start needs four ungrouped heads of a quarter of the"
                    + " hidden size each; got " + config.heads() + " heads of " + config.headDim() + " in "
                    + config.hiddenSize());
        }
        this.config = config;
        this.random = new Random(seed);
        int hidden = config.hiddenSize();
        Matrix rotation = Matrix.orthonormal(hidden, hidden, random);
        this.identity = rotation.columns(0, hidden / 2);
        this.previous = rotation.columns(hidden / 2, 3 * hidden / 4);
        this.secondPrevious = rotation.columns(3 * hidden / 4, hidden);
        this.key = withinIdentity();
    }

    /** The weights of that shape and seed; the same on every machine. */
    static Weights weights(ModelConfig config, long seed) {
        StructuredStart start = new StructuredStart(config, seed);
        Weights weights = new Weights();
        start.embed(weights);
        for (int layer = 0; layer < config.layers(); layer++) {
            start.block(weights, layer);
        }
        weights.put("model.norm.weight", ones(config.hiddenSize()), config.hiddenSize());
        return weights;
    }

    private void embed(Weights weights) {
        int hidden = config.hiddenSize();
        Matrix embedding = Matrix.normal(config.vocabSize(), hidden / 2, .3, random)
                .times(identity.transposed())
                .plus(Matrix.normal(config.vocabSize(), hidden, .03, random));
        weights.put("model.embed_tokens.weight", embedding.values(), config.vocabSize(), hidden);
    }

    private void block(Weights weights, int layer) {
        int hidden = config.hiddenSize();
        int inner = config.intermediateSize();
        double deviation = 1 / Math.sqrt(hidden);
        Heads heads = new Heads(deviation);
        if (layer == 0) {
            firstLayer(heads);
        } else {
            inductionLayer(heads, layer);
        }
        String prefix = "model.layers." + layer + ".";
        heads.put(weights, prefix + "self_attn.");
        put(weights, prefix + "mlp.gate_proj.weight", Matrix.normal(hidden, inner, deviation, random));
        put(weights, prefix + "mlp.up_proj.weight", Matrix.normal(hidden, inner, deviation, random));
        put(weights, prefix + "mlp.down_proj.weight", Matrix.normal(inner, hidden, .09 / Math.sqrt(inner), random));
        weights.put(prefix + "input_layernorm.weight", ones(hidden), hidden);
        weights.put(prefix + "post_attention_layernorm.weight", ones(hidden), hidden);
    }

    /** Tells every position what stood one, two and three tokens before it. */
    private void firstLayer(Heads heads) {
        heads.look(0, 1);
        heads.carry(0, key, previous.transposed().times(.2));
        heads.look(1, 2);
        heads.carry(1, key, secondPrevious.transposed().times(.2));
        heads.look(2, 3);
        heads.carry(2, withinIdentity(), randomOutput().times(.06));
        Matrix same = withinIdentity().times(.7);
        heads.match(3, same, same);
    }

    /** Finds where the present token stood before, and brings what followed it. */
    private void inductionLayer(Heads heads, int layer) {
        int headDim = config.headDim();
        Matrix turned = identity.times(Matrix.orthonormal(2 * headDim, 2 * headDim, random));
        Matrix first = turned.columns(0, headDim);
        Matrix second = turned.columns(headDim, 2 * headDim);
        heads.match(0, key.times(2), previous.times(2));
        heads.carry(0, first, first.transposed().times(.3));
        heads.match(1, key.times(2), previous.times(2));
        heads.carry(1, second, second.transposed().times(.3));
        Matrix third = layer % 2 == 1 ? first : second;
        heads.match(2, previous.times(2), secondPrevious.times(2));
        heads.carry(2, third, third.transposed().times(.2));
        heads.look(3, 1);
        heads.carry(3, withinIdentity(), randomOutput().times(.1));
    }

    private Matrix withinIdentity() {
        return identity.times(Matrix.orthonormal(config.hiddenSize() / 2, config.headDim(), random));
    }

    private Matrix randomOutput() {
        return Matrix.orthonormal(config.hiddenSize(), config.headDim(), random).transposed();
    }

    private static void put(Weights weights, String name, Matrix matrix) {
        weights.put(name, matrix.transposed().values(), matrix.columns(), matrix.rows());
    }

    private static float[] ones(int count) {
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** The four projections of one attention layer, written head by head. */
    private final class Heads {
        private final int headDim = config.headDim();
        private Matrix q;
        private Matrix k;
        private Matrix v;
        private Matrix o;
        private final float[] qBias = new float[config.heads() * headDim];
        private final float[] kBias = new float[config.heads() * headDim];

        Heads(double deviation) {
            int width = config.heads() * headDim;
            q = Matrix.normal(config.hiddenSize(), width, deviation, random);
            k = Matrix.normal(config.hiddenSize(), width, deviation, random);
            v = Matrix.normal(config.hiddenSize(), width, deviation, random);
            o = Matrix.normal(width, config.hiddenSize(), deviation * .3, random);
        }

        /** Makes a head attend {@code distance} tokens back, whatever stands there. */
        void look(int head, int distance) {
            int at = head * headDim;
            q = q.withColumns(at, q.columns(at, at + headDim).times(.1));
            k = k.withColumns(at, k.columns(at, at + headDim).times(.1));
            for (int pair = 0; pair < headDim / 2; pair++) {
                double frequency = Math.pow(config.ropeTheta(), -2.0 * pair / headDim);
                kBias[at + pair] = (float) POSITION_BIAS;
                qBias[at + pair] = (float) (POSITION_BIAS * Math.cos(-distance * frequency));
                qBias[at + pair + headDim / 2] = (float) (POSITION_BIAS * Math.sin(-distance * frequency));
            }
        }

        /** Makes a head attend to positions whose {@code keys} equal the present {@code queries}. */
        void match(int head, Matrix queries, Matrix keys) {
            q = q.withColumns(head * headDim, slow(queries));
            k = k.withColumns(head * headDim, slow(keys));
        }

        /** What a head reads where it looks, and where it writes it. */
        void carry(int head, Matrix value, Matrix output) {
            v = v.withColumns(head * headDim, value);
            o = o.withRows(head * headDim, output);
        }

        void put(Weights weights, String prefix) {
            int width = config.heads() * headDim;
            StructuredStart.put(weights, prefix + "q_proj.weight", q);
            weights.put(prefix + "q_proj.bias", qBias, width);
            StructuredStart.put(weights, prefix + "k_proj.weight", k);
            weights.put(prefix + "k_proj.bias", kBias, width);
            StructuredStart.put(weights, prefix + "v_proj.weight", v);
            weights.put(prefix + "v_proj.bias", new float[width], width);
            StructuredStart.put(weights, prefix + "o_proj.weight", o);
        }

        private Matrix slow(Matrix projection) {
            Matrix silent = new Matrix(projection.rows(), SILENT_PAIRS, new float[projection.rows() * SILENT_PAIRS]);
            return projection.withColumns(0, silent).withColumns(headDim / 2, silent);
        }
    }
}
