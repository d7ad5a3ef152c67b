package io.loremesh.trainer.decoder;

import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;

/** How many threads one libtorch operator uses. One: this trainer runs whole parts of a step in parallel instead. */
public final class NativeThreads {

    private NativeThreads() {}

    /** Makes OpenBLAS single-threaded for the whole process. Needed once, before the first step. */
    public static void singleThreadedKernels() {
        openblas.blas_set_num_threads(1);
        singleThreadedHere();
    }

    /** Makes libtorch's own kernels single-threaded on the calling thread: its setting is per thread. */
    public static void singleThreadedHere() {
        torch.set_num_threads(1);
    }
}
