package io.loremesh.registry.diff;

import io.loremesh.model.checkpoint.DType;
import io.loremesh.model.checkpoint.ModelFormatException;
import io.loremesh.model.checkpoint.SafetensorsHeader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/**
 * A matrix inside an archive, row-major, not read yet.
 *
 * @param offset of its first byte in the archive
 */
record AdapterTensor(String name, DType dtype, long rows, long columns, long offset) {
    /** Values in memory at a time. */
    private static final int BLOCK = 1 << 16;

    /**
     * A tensor of the weights.
     *
     * @param data where the tensors' bytes begin in the archive
     * @throws ModelFormatException if it is no matrix of floats
     */
    static AdapterTensor of(SafetensorsHeader.Entry entry, long data) {
        long[] shape = entry.shape();
        if (shape.length != 2 || shape[0] > Integer.MAX_VALUE || shape[1] > Integer.MAX_VALUE) {
            throw new ModelFormatException("tensor " + entry.name() + " has the shape " + Arrays.toString(shape)
                    + "; a LoRA weight is a matrix");
        }
        switch (entry.dtype()) {
            case F32, F16, BF16 -> {}
            default ->
                throw new ModelFormatException(
                        "tensor " + entry.name() + " holds " + entry.dtype() + ", which is no float");
        }
        return new AdapterTensor(entry.name(), entry.dtype(), shape[0], shape[1], data + entry.begin());
    }

    /** X·Xᵀ, [rows, rows] row-major: a block of columns of every row at a time. */
    double[] gramOfRows(SeekableByteChannel archive) throws IOException {
        int n = Math.toIntExact(rows);
        var gram = new double[n * n];
        int width = Math.max(1, BLOCK / n);
        for (long from = 0; from < columns; from += width) {
            int count = (int) Math.min(width, columns - from);
            var block = new float[n][];
            for (int row = 0; row < n; row++) {
                block[row] = values(archive, row * columns + from, count);
            }
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    gram[i * n + j] += dot(block[i], block[j]);
                }
            }
        }
        return mirrored(gram, n);
    }

    /** XᵀX, [columns, columns] row-major: a block of rows at a time. */
    double[] gramOfColumns(SeekableByteChannel archive) throws IOException {
        int n = Math.toIntExact(columns);
        var gram = new double[n * n];
        int height = Math.max(1, BLOCK / n);
        for (long from = 0; from < rows; from += height) {
            int count = (int) Math.min(height, rows - from);
            float[] block = values(archive, from * columns, count * n);
            for (int row = 0; row < count * n; row += n) {
                for (int i = 0; i < n; i++) {
                    double value = block[row + i];
                    for (int j = 0; j <= i; j++) {
                        gram[i * n + j] += value * block[row + j];
                    }
                }
            }
        }
        return mirrored(gram, n);
    }

    private float[] values(SeekableByteChannel archive, long first, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count * dtype.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        archive.position(offset + first * dtype.bytes());
        while (bytes.hasRemaining()) {
            if (archive.read(bytes) < 0) {
                throw new EOFException("tensor " + name + " ends in the middle");
            }
        }
        bytes.flip();
        var values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = switch (dtype) {
                case F32 -> bytes.getFloat();
                case F16 -> Float.float16ToFloat(bytes.getShort());
                case BF16 -> Float.intBitsToFloat(bytes.getShort() << 16);
                default -> throw new IllegalStateException(name + " was let in as " + dtype);
            };
        }
        return values;
    }

    private static double dot(float[] x, float[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += (double) x[i] * y[i];
        }
        return sum;
    }

    private static double[] mirrored(double[] lower, int n) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                lower[j * n + i] = lower[i * n + j];
            }
        }
        return lower;
    }
}
