package io.loremesh.lab.pretrain;

import io.loremesh.lab.curriculum.Marker;
import io.loremesh.model.checkpoint.ModelConfig;
import io.loremesh.trainer.decoder.Weights;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Initial weights into which reading is already sketched: the model copies from its context and tells whose value is
 * asked for before its first step. Grown from random weights the first of these circuits takes millions of tokens to
 * appear; the second did not appear in fifty millions.
 *
 * <p>The residual stream is split by a random rotation. One half (S) holds what a token <i>is</i> and a few properties,
 * one number each; one quarter holds what the token before it was (C1), one quarter the token two back (C2).
 * <ul>
 *   <li><b>Induction.</b> Layer 0 fills C1 and C2 by heads that look a fixed distance back; the later layers look for a
 *       position whose C1 equals the present token and copy what it is: "what came after this, last time".
 *   <li><b>Selection.</b> Layer 0 tells every token whether it is part of the question. In layer 1 every token of a
 *       passage looks for itself in the question, alone and together with the token before it. In layer 2 it learns how
 *       much of what stands before it was found there. In the later layers the token that opens the answer looks where
 *       most was found.
 * </ul>
 * Matrices here are [in, out], x W; {@link Weights} takes them transposed.
 */
final class StructuredStart {

    /** Scale of the biases that make a head look a fixed distance back; 6² / √32 per pair separates neighbours. */
    private static final double POSITION_BIAS = 6;

    /** The fastest-turning pairs would tie content heads to exact distances. */
    private static final int SILENT_PAIRS = 3;

    /**
     * Angles a token, in radians, of the pairs that tell near from far: over a dozen tokens, some dozens, two hundred.
     */
    private static final double[] NEARNESS = {.1, .056, .032};

    private static final int PROPERTIES = 6;

    /** About what a property comes to after the norm before a layer. */
    private static final double PROPERTY_SCALE = 8;

    private final ModelConfig config;
    private final Random random;
    private final Matrix identity; // S without the properties: [hidden, hidden / 2 - 6]
    private final Matrix previous; // C1: [hidden, hidden / 4]
    private final Matrix secondPrevious; // C2
    private final Matrix key; // A: [hidden, headDim], what a token is, in head coordinates

    // Properties, [hidden, 1] each.
    private final Matrix opens; // the token opens a passage or a question
    private final Matrix opensQuestion;
    private final Matrix opensAnswer;
    private final Matrix inQuestion;
    private final Matrix found; // the question has it too
    private final Matrix foundBefore; // the question has what stands before it

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
        this.identity = rotation.columns(0, hidden / 2 - PROPERTIES);
        this.previous = rotation.columns(hidden / 2, 3 * hidden / 4);
        this.secondPrevious = rotation.columns(3 * hidden / 4, hidden);
        this.key = withinIdentity();
        Iterator<Matrix> properties = IntStream.range(hidden / 2 - PROPERTIES, hidden / 2)
                .mapToObj(at -> rotation.columns(at, at + 1))
                .iterator();
        this.opens = properties.next();
        this.opensQuestion = properties.next();
        this.opensAnswer = properties.next();
        this.inQuestion = properties.next();
        this.found = properties.next();
        this.foundBefore = properties.next();
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
        Matrix embedding = Matrix.normal(config.vocabSize(), identity.columns(), .3, random)
                .times(identity.transposed())
                .plus(Matrix.normal(config.vocabSize(), hidden, .03, random))
                .plus(marks(opens, Marker.CTX, Marker.Q))
                .plus(marks(opensQuestion, Marker.Q))
                .plus(marks(opensAnswer, Marker.A));
        weights.put("model.embed_tokens.weight", embedding.values(), config.vocabSize(), hidden);
    }

    private Matrix marks(Matrix direction, Marker... markers) {
        Matrix which = new Matrix(config.vocabSize(), 1, new float[config.vocabSize()]);
        for (Marker marker : markers) {
            which.values()[marker.id()] = 2;
        }
        return which.times(direction.transposed());
    }

    private void block(Weights weights, int layer) {
        int hidden = config.hiddenSize();
        int inner = config.intermediateSize();
        double deviation = 1 / Math.sqrt(hidden);
        Heads heads = new Heads(deviation);
        switch (layer) {
            case 0 -> neighbours(heads);
            case 1 -> {
                induction(heads);
                searchQuestion(heads);
            }
            case 2 -> {
                induction(heads);
                heads.lookAround(2);
                heads.prefer(2, inQuestion, -20);
                heads.carry(2, found, foundBefore, 1.5);
            }
            default -> {
                induction(heads);
                heads.lookForFound(2);
                Matrix copied = withinIdentity();
                heads.carry(2, copied, copied, .3);
            }
        }
        String prefix = "model.layers." + layer + ".";
        heads.put(weights, prefix + "self_attn.");
        put(weights, prefix + "mlp.gate_proj.weight", Matrix.normal(hidden, inner, deviation, random));
        put(weights, prefix + "mlp.up_proj.weight", Matrix.normal(hidden, inner, deviation, random));
        put(weights, prefix + "mlp.down_proj.weight", Matrix.normal(inner, hidden, .09 / Math.sqrt(inner), random));
        weights.put(prefix + "input_layernorm.weight", ones(hidden), hidden);
        weights.put(prefix + "post_attention_layernorm.weight", ones(hidden), hidden);
    }

    /** Tells every token what stood one and two tokens before it, and whether it is part of the question. */
    private void neighbours(Heads heads) {
        heads.look(0, 1);
        heads.carry(0, key, previous, .2);
        heads.look(1, 2);
        heads.carry(1, key, secondPrevious, .2);
        heads.lookAtMark(2);
        heads.carry(2, opensQuestion, inQuestion, .25);
        Matrix same = withinIdentity().times(.7);
        heads.match(3, same, same);
    }

    /** Finds where the present token stood before, and brings what followed it. */
    private void induction(Heads heads) {
        int headDim = config.headDim();
        Matrix turned = identity.times(Matrix.orthonormal(identity.columns(), identity.columns(), random));
        Matrix first = turned.columns(0, headDim);
        Matrix second = turned.columns(turned.columns() - headDim, turned.columns());
        heads.match(0, key.times(2), previous.times(2));
        heads.carry(0, first, first, .3);
        heads.match(1, key.times(2), previous.times(2));
        heads.carry(1, second, second, .3);
        heads.look(3, 1);
        heads.carry(3, withinIdentity(), scattered(), .1);
    }

    /** Finds the same token in the question: by itself, and with the same token before it. */
    private void searchQuestion(Heads heads) {
        int half = config.headDim() / 2;
        heads.match(2, key.times(2), key.times(2));
        Matrix pair = key.withColumns(half, previous.columns(half, 2 * half)).times(2);
        heads.match(1, pair, pair);
        for (int head = 1; head <= 2; head++) {
            heads.prefer(head, inQuestion, 10);
            heads.carry(head, inQuestion, found, .3);
        }
    }

    private Matrix withinIdentity() {
        return identity.times(Matrix.orthonormal(identity.columns(), config.headDim(), random));
    }

    private Matrix scattered() {
        return Matrix.orthonormal(config.hiddenSize(), config.headDim(), random);
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

        /** Makes a head attend to the dozen tokens up to its own, the nearest most. */
        void lookAround(int head) {
            silence(head);
            nearest(head, 2.2);
        }

        /** Makes a head attend to the last mark that opened a passage or a question. */
        void lookAtMark(int head) {
            silence(head);
            nearest(head, 4.6);
            prefer(head, opens, 30);
        }

        /** Makes the token that opens the answer attend to passages that have the question's words. */
        void lookForFound(int head) {
            silence(head);
            q = q.withColumns(slowest(head), opensAnswer.times(1.5));
            k = k.withColumns(slowest(head), foundBefore.times(4).plus(inQuestion.times(-8)));
        }

        /** Adds about so much to the scores of what has the property. */
        void prefer(int head, Matrix property, double score) {
            q = q.withColumns(slowest(head), property.times(0));
            k = k.withColumns(slowest(head), property);
            qBias[slowest(head)] = (float) (score * Math.sqrt(headDim) / PROPERTY_SCALE);
        }

        private void nearest(int head, double strength) {
            for (double turn : NEARNESS) {
                int pair = (int) Math.round(-Math.log(turn) / Math.log(config.ropeTheta()) * headDim / 2);
                qBias[head * headDim + pair] = (float) strength;
                kBias[head * headDim + pair] = (float) strength;
            }
        }

        /** A dimension of the pair that turns slowest. */
        private int slowest(int head) {
            return head * headDim + headDim / 2 - 1;
        }

        private void silence(int head) {
            Matrix nothing = new Matrix(config.hiddenSize(), headDim, new float[config.hiddenSize() * headDim]);
            q = q.withColumns(head * headDim, nothing);
            k = k.withColumns(head * headDim, nothing);
        }

        /** Makes a head attend to positions whose {@code keys} equal the present {@code queries}. */
        void match(int head, Matrix queries, Matrix keys) {
            q = q.withColumns(head * headDim, slow(queries));
            k = k.withColumns(head * headDim, slow(keys));
        }

        /** What a head reads where it looks, and where it writes it, at which strength; both of at most its width. */
        void carry(int head, Matrix from, Matrix to, double strength) {
            v = v.withColumns(head * headDim, wide(from));
            o = o.withRows(head * headDim, wide(to).transposed().times(strength));
        }

        private Matrix wide(Matrix part) {
            return new Matrix(part.rows(), headDim, new float[part.rows() * headDim]).withColumns(0, part);
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
