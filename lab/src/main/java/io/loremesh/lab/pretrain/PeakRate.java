package io.loremesh.lab.pretrain;

import io.loremesh.trainer.objective.ParallelGradients;
import java.util.Collections;
import java.util.concurrent.atomic.DoubleAdder;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What the machine reaches at best: large matrix products on every worker at once. The measure of a step's utilisation.
 */
final class PeakRate {

    private static final int SIZE = 1024;
    private static final int PRODUCTS = 12;

    private PeakRate() {}

    /** Floating-point operations per second of all {@code threads} workers together; takes a fraction of a second. */
    static double measure(ParallelGradients workers, int threads, Precision precision) throws InterruptedException {
        DoubleAdder sum = new DoubleAdder();
        workers.run(Collections.nCopies(threads, () -> sum.add(ofThisThread(precision))));
        return sum.sum();
    }

    /** The fastest product counts: it was disturbed least. */
    static double ofThisThread(Precision precision) {
        double fastest = 0;
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor left = torch.ones(SIZE, SIZE).to(precision.operands());
            Tensor right = torch.ones(SIZE, SIZE).to(precision.operands());
            for (int i = 0; i < PRODUCTS; i++) {
                long start = System.nanoTime();
                torch.mm(left, right).close();
                fastest = Math.max(fastest, 2e9 * SIZE * SIZE * SIZE / (System.nanoTime() - start));
            }
        }
        return fastest;
    }
}
