package io.loremesh.lab.pretrain;

import io.loremesh.trainer.decoder.Weights;
import io.loremesh.trainer.objective.ParallelGradients;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Muon (Jordan et al. 2024): Nesterov momentum whose update is orthogonalised by Newton-Schulz iterations, so that a
 * matrix learns along all its directions at one pace. Matrices of one shape are stacked and iterated together.
 */
final class Muon {

    private static final double MOMENTUM = .95;
    private static final double DECAY = .03;
    private static final int ITERATIONS = 4;
    private static final double[] QUINTIC = {3.4445, -4.775, 2.0315};

    private final List<Group> groups = new ArrayList<>();

    /** Matrices of one shape [out, in], with their momentum [count, out, in]. */
    private record Group(List<Integer> members, long out, long in, Tensor momentum) {}

    private final List<Tensor> matrices;
    private final Precision precision;

    /** @param precision of the iterations' products; the momentum and the matrices are fp32 */
    Muon(List<Tensor> matrices, Precision precision) {
        this.matrices = matrices;
        this.precision = precision;
        Map<List<Long>, List<Integer>> byShape = new LinkedHashMap<>();
        for (int i = 0; i < matrices.size(); i++) {
            Tensor matrix = matrices.get(i);
            byShape.computeIfAbsent(List.of(matrix.size(0), matrix.size(1)), shape -> new ArrayList<>())
                    .add(i);
        }
        byShape.forEach((shape, members) -> groups.add(new Group(
                members, shape.get(0), shape.get(1), torch.zeros(members.size(), shape.get(0), shape.get(1)))));
    }

    /** A copy of the momentum, matrices of one shape together, in the order of their first. */
    List<float[]> momenta() {
        return groups.stream().map(Group::momentum).map(Weights::valuesOf).toList();
    }

    /** Goes on from the {@link #momenta} of an optimiser of the same matrices. */
    void restore(List<float[]> momenta) {
        Weights.overwrite(groups.stream().map(Group::momentum).toList(), momenta);
    }

    /**
     * One step at {@code rate}; {@code gradients} stand in the order of the matrices. The shapes are independent, so
     * {@code workers} take one each.
     */
    void step(List<Tensor> gradients, double rate, ParallelGradients workers) throws InterruptedException {
        workers.run(groups.stream()
                .<Runnable>map(group -> () -> step(group, gradients, rate))
                .toList());
    }

    private void step(Group group, List<Tensor> gradients, double rate) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            TensorVector members = new TensorVector(
                    group.members().stream().map(gradients::get).toArray(Tensor[]::new));
            Tensor gradient = torch.stack(members, 0);
            group.momentum().mul_(new Scalar(MOMENTUM)).add_(gradient);
            Tensor update = orthogonalised(gradient.add(group.momentum(), new Scalar(MOMENTUM)));
            double scale = Math.sqrt(Math.max(1, (double) group.out() / group.in()));
            for (int i = 0; i < group.members().size(); i++) {
                Tensor matrix = matrices.get(group.members().get(i));
                matrix.mul_(new Scalar(1 - DECAY * rate)).sub_(update.select(0, i), new Scalar(rate * scale));
            }
        }
    }

    /** Brings the singular values of each of [count, out, in] close to one. */
    private Tensor orthogonalised(Tensor matrices) {
        boolean tall = matrices.size(1) > matrices.size(2);
        Tensor x = tall ? matrices.transpose(1, 2) : matrices;
        Tensor norms = x.square()
                .sum(new long[] {1, 2}, true, new ScalarTypeOptional())
                .sqrt()
                .add(new Scalar(1e-7));
        x = x.div(norms).to(precision.operands());
        for (int i = 0; i < ITERATIONS; i++) {
            Tensor gram = torch.bmm(x, x.transpose(1, 2));
            Tensor polynomial =
                    torch.baddbmm(gram, gram, gram, new Scalar(QUINTIC[1]), new Scalar(QUINTIC[2])); // b A + c A A
            x = torch.baddbmm(x, polynomial, x, new Scalar(QUINTIC[0]), new Scalar(1.0));
        }
        x = x.to(torch.ScalarType.Float);
        return tall ? x.transpose(1, 2) : x;
    }
}
