package io.loremesh.model.family;

/**
 * Rotary positions (arXiv:2104.09864): dimension i of a head turns together with i + headDim / 2, by position times
 * {@code frequencies[i]}.
 *
 * @param theta the base of the angles
 * @param scaling how they are stretched for longer texts
 */
public record RotaryAngles(double theta, Scaling scaling) {

    /** How the angles of a longer context differ, as Transformers computes it ({@code modeling_rope_utils.py}). */
    public sealed interface Scaling {}

    public record Unscaled() implements Scaling {}

    /** All positions divided by {@code factor}. */
    public record Linear(double factor) implements Scaling {}

    /** Llama 3.1: long waves divided by {@code factor}, short ones not, those between in proportion. */
    public record Llama3(double factor, double lowFrequencyFactor, double highFrequencyFactor, int originalPositions)
            implements Scaling {}

    /**
     * YaRN (arXiv:2309.00071).
     *
     * @param attention what cosines and sines are multiplied with; 0 where the paper's formula holds
     */
    public record Yarn(double factor, int originalPositions, double betaFast, double betaSlow, double attention)
            implements Scaling {}

    public static RotaryAngles unscaled(double theta) {
        return new RotaryAngles(theta, new Unscaled());
    }

    /** Radians per position of each pair of dimensions, [headDim / 2]. */
    public double[] frequencies(int headDim) {
        double[] frequencies = new double[headDim / 2];
        for (int i = 0; i < frequencies.length; i++) {
            double plain = Math.pow(theta, -2.0 * i / headDim);
            frequencies[i] = switch (scaling) {
                case Unscaled none -> plain;
                case Linear linear -> plain / linear.factor();
                case Llama3 llama3 -> scaled(llama3, plain);
                case Yarn yarn -> scaled(yarn, plain, i, headDim);
            };
        }
        return frequencies;
    }

    private static double scaled(Llama3 llama3, double plain) {
        double wave = 2 * Math.PI / plain;
        double original = llama3.originalPositions();
        double low = llama3.lowFrequencyFactor();
        double high = llama3.highFrequencyFactor();
        if (wave > original / low) {
            return plain / llama3.factor();
        }
        if (wave < original / high) {
            return plain;
        }
        double smooth = (original / wave - low) / (high - low);
        return (1 - smooth) * plain / llama3.factor() + smooth * plain;
    }

    private double scaled(Yarn yarn, double plain, int i, int headDim) {
        double low = Math.max(Math.floor(turning(yarn, yarn.betaFast(), headDim)), 0);
        double high = Math.min(Math.ceil(turning(yarn, yarn.betaSlow(), headDim)), headDim - 1.0);
        double width = low == high ? .001 : high - low;
        double ramp = Math.clamp((i - low) / width, 0, 1);
        return plain / yarn.factor() * ramp + plain * (1 - ramp);
    }

    /** The dimension that turns so many times over the original context. */
    private double turning(Yarn yarn, double turns, int headDim) {
        return headDim * Math.log(yarn.originalPositions() / (turns * 2 * Math.PI)) / (2 * Math.log(theta));
    }

    /** What cosines and sines are multiplied with. */
    public double attentionFactor() {
        return switch (scaling) {
            case Unscaled none -> 1;
            case Linear linear -> 1;
            case Llama3 llama3 -> 1;
            case Yarn yarn when yarn.attention() > 0 -> yarn.attention();
            case Yarn yarn -> yarn.factor() <= 1 ? 1 : .1 * Math.log(yarn.factor()) + 1;
        };
    }
}
