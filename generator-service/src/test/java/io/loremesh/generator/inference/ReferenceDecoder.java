package io.loremesh.generator.inference;

import io.loremesh.model.adapter.Adapter;
import io.loremesh.model.adapter.LoraPair;
import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.model.checkpoint.ModelConfig;

/** The forward pass in plain loops and double precision, without cache or batch: slow, and easy to check by reading. */
final class ReferenceDecoder {
    private final Checkpoint checkpoint;
    private final ModelConfig config;
    private final Adapter adapter;

    /** @param adapter null for the bare base */
    ReferenceDecoder(Checkpoint checkpoint, Adapter adapter) {
        this.checkpoint = checkpoint;
        this.config = checkpoint.config();
        this.adapter = adapter;
    }

    /** Logits [position][vocabulary] of a whole sequence. */
    double[][] logits(int[] tokens) {
        float[] embedding = checkpoint.tensor("model.embed_tokens.weight").toFloats();
        int hidden = config.hiddenSize();
        double[][] x = new double[tokens.length][hidden];
        for (int t = 0; t < tokens.length; t++) {
            for (int i = 0; i < hidden; i++) {
                x[t][i] = embedding[tokens[t] * hidden + i];
            }
        }
        for (int layer = 0; layer < config.layers(); layer++) {
            String block = "model.layers." + layer + ".";
            add(x, attention(block, norm(x, block + "input_layernorm.weight")));
            add(x, mlp(block, norm(x, block + "post_attention_layernorm.weight")));
        }
        double[][] last = norm(x, "model.norm.weight");
        double[][] logits = new double[tokens.length][];
        String head = config.tiedEmbeddings() ? "model.embed_tokens.weight" : "lm_head.weight";
        for (int t = 0; t < tokens.length; t++) {
            logits[t] = multiply(checkpoint.tensor(head).toFloats(), last[t]);
        }
        return logits;
    }

    private double[][] attention(String block, double[][] x) {
        double[][] q = rotate(linear(block + "self_attn.q_proj", x), config.heads());
        double[][] k = rotate(linear(block + "self_attn.k_proj", x), config.kvHeads());
        double[][] v = linear(block + "self_attn.v_proj", x);
        int dim = config.headDim();
        double[][] out = new double[x.length][config.heads() * dim];
        for (int head = 0; head < config.heads(); head++) {
            int group = head / (config.heads() / config.kvHeads());
            for (int t = 0; t < x.length; t++) {
                double[] weight = new double[t + 1];
                double sum = 0;
                for (int s = 0; s <= t; s++) {
                    double dot = 0;
                    for (int i = 0; i < dim; i++) {
                        dot += q[t][head * dim + i] * k[s][group * dim + i];
                    }
                    weight[s] = Math.exp(dot / Math.sqrt(dim));
                    sum += weight[s];
                }
                for (int s = 0; s <= t; s++) {
                    for (int i = 0; i < dim; i++) {
                        out[t][head * dim + i] += weight[s] / sum * v[s][group * dim + i];
                    }
                }
            }
        }
        return linear(block + "self_attn.o_proj", out);
    }

    private double[][] mlp(String block, double[][] x) {
        double[][] gate = linear(block + "mlp.gate_proj", x);
        double[][] up = linear(block + "mlp.up_proj", x);
        for (int t = 0; t < x.length; t++) {
            for (int i = 0; i < gate[t].length; i++) {
                gate[t][i] = gate[t][i] / (1 + Math.exp(-gate[t][i])) * up[t][i];
            }
        }
        return linear(block + "mlp.down_proj", gate);
    }

    private double[][] rotate(double[][] x, int heads) {
        int dim = config.headDim();
        int half = dim / 2;
        for (int t = 0; t < x.length; t++) {
            for (int head = 0; head < heads; head++) {
                for (int i = 0; i < half; i++) {
                    double angle = t * Math.pow(config.ropeTheta(), -2.0 * i / dim);
                    int at = head * dim + i;
                    double a = x[t][at];
                    double b = x[t][at + half];
                    x[t][at] = a * Math.cos(angle) - b * Math.sin(angle);
                    x[t][at + half] = b * Math.cos(angle) + a * Math.sin(angle);
                }
            }
        }
        return x;
    }

    private double[][] linear(String name, double[][] x) {
        float[] weight = checkpoint.tensor(name + ".weight").toFloats();
        boolean biased = config.qkvBias() && name.matches(".*[qkv]_proj");
        float[] bias = biased ? checkpoint.tensor(name + ".bias").toFloats() : null;
        LoraPair pair = adapter == null ? null : adapter.pairs().get(name);
        double[][] y = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            y[t] = multiply(weight, x[t]);
            double[] change = pair == null ? null : multiply(pair.b(), multiply(pair.a(), x[t]));
            for (int o = 0; o < y[t].length; o++) {
                y[t][o] += (biased ? bias[o] : 0)
                        + (change == null ? 0 : adapter.config().scaling() * change[o]);
            }
        }
        return y;
    }

    private static double[] multiply(float[] matrix, double[] x) {
        double[] y = new double[matrix.length / x.length];
        for (int o = 0; o < y.length; o++) {
            for (int i = 0; i < x.length; i++) {
                y[o] += matrix[o * x.length + i] * x[i];
            }
        }
        return y;
    }

    private double[][] norm(double[][] x, String name) {
        float[] weight = checkpoint.tensor(name).toFloats();
        double[][] y = new double[x.length][weight.length];
        for (int t = 0; t < x.length; t++) {
            double squares = 0;
            for (double value : x[t]) {
                squares += value * value;
            }
            double scale = 1 / Math.sqrt(squares / weight.length + config.rmsNormEps());
            for (int i = 0; i < weight.length; i++) {
                y[t][i] = x[t][i] * scale * weight[i];
            }
        }
        return y;
    }

    private static void add(double[][] x, double[][] y) {
        for (int t = 0; t < x.length; t++) {
            for (int i = 0; i < x[t].length; i++) {
                x[t][i] += y[t][i];
            }
        }
    }
}
