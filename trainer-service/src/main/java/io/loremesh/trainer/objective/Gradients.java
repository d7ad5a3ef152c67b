package io.loremesh.trainer.objective;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Gradients as owned tensors, never as aliases of {@code grad()}: those die with the next collection. */
public final class Gradients {

    private Gradients() {}

    /** d loss / d parameter, in the parameters' order; they belong to the caller's {@code PointerScope}. */
    public static List<Tensor> of(Tensor loss, List<Tensor> parameters) {
        TensorVector gradients =
                torch.grad(new TensorVector(loss), new TensorVector(parameters.toArray(Tensor[]::new)));
        List<Tensor> owned = new ArrayList<>(parameters.size());
        for (long i = 0; i < gradients.size(); i++) {
            owned.add(gradients.get(i).detach());
        }
        return owned;
    }

    /** The Euclidean norm over all of them. */
    public static double norm(List<Tensor> gradients) {
        Tensor[] norms = gradients.stream().map(Tensor::norm).toArray(Tensor[]::new);
        return torch.stack(new TensorVector(norms), 0).norm().item_double();
    }

    /** Scales them so that their norm is at most {@code limit}; returns the norm before. */
    public static double clip(List<Tensor> gradients, double limit) {
        double norm = norm(gradients);
        if (norm > limit) {
            Scalar factor = new Scalar(limit / (norm + 1e-6));
            gradients.forEach(gradient -> gradient.mul_(factor));
        }
        return norm;
    }
}
