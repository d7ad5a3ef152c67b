package io.loremesh.trainer.objective;

import io.loremesh.trainer.decoder.Weights;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Adam with decoupled weight decay (arXiv:1711.05101). Its state lives as long as its parameters, outside every
 * {@code PointerScope}.
 */
public final class Adam {

    private static final double EPSILON = 1e-8;

    private final List<Tensor> parameters;
    private final List<Tensor> means;
    private final List<Tensor> squares;
    private final double beta1;
    private final double beta2;
    private final double decay;
    private int steps;

    public Adam(List<Tensor> parameters, double beta1, double beta2, double decay) {
        this.parameters = List.copyOf(parameters);
        this.means = parameters.stream().map(Adam::zeros).toList();
        this.squares = parameters.stream().map(Adam::zeros).toList();
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.decay = decay;
    }

    /** The moving averages of gradients and of their squares, in the parameters' order, after {@code steps} steps. */
    public record State(int steps, List<float[]> means, List<float[]> squares) {}

    /** A copy of what it remembers of its steps. */
    public State state() {
        return new State(
                steps,
                means.stream().map(Weights::valuesOf).toList(),
                squares.stream().map(Weights::valuesOf).toList());
    }

    /** Goes on from {@code state}, which an optimiser of the same parameters gave. */
    public void restore(State state) {
        steps = state.steps();
        Weights.overwrite(means, state.means());
        Weights.overwrite(squares, state.squares());
    }

    /** One step at {@code rate}; {@code gradients} stand in the order of the parameters. */
    public void step(List<Tensor> gradients, double rate) {
        steps++;
        double meanCorrection = 1 - Math.pow(beta1, steps);
        double squareCorrection = Math.sqrt(1 - Math.pow(beta2, steps));
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Scalar keep = new Scalar(1 - decay * rate);
            Scalar towardsGradient = new Scalar(1 - beta1);
            Scalar squareKeep = new Scalar(beta2);
            Scalar squareShare = new Scalar(1 - beta2);
            Scalar move = new Scalar(-rate * squareCorrection / meanCorrection);
            Scalar epsilon = new Scalar(EPSILON * squareCorrection);
            for (int i = 0; i < parameters.size(); i++) {
                Tensor gradient = gradients.get(i);
                means.get(i).lerp_(gradient, towardsGradient);
                squares.get(i).mul_(squareKeep).addcmul_(gradient, gradient, squareShare);
                Tensor parameter = parameters.get(i);
                if (decay > 0) {
                    parameter.mul_(keep);
                }
                parameter.addcdiv_(means.get(i), squares.get(i).sqrt().add(epsilon), move);
            }
        }
    }

    private static Tensor zeros(Tensor like) {
        try (Tensor detached = like.detach()) {
            return torch.zeros_like(detached);
        }
    }
}
