package io.loremesh.model.adapter;

import io.loremesh.model.checkpoint.ModelFormatException;

/**
 * The low-rank change of one linear map: {@code y = W·x + scaling · B·(A·x)}.
 *
 * @param a row-major [rank, in]
 * @param b row-major [out, rank]
 */
public record LoraPair(int rank, int in, int out, float[] a, float[] b) {
    public LoraPair {
        if (a.length != rank * in || b.length != out * rank) {
            throw new ModelFormatException("A LoRA pair of rank " + rank + ", " + in + " in, " + out + " out needs "
                    + rank * in + " and " + out * rank + " values, but has " + a.length + " and " + b.length);
        }
    }
}
