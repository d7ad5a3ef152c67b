package io.loremesh.model.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A tensor inside a mapped file, not copied: row-major, little-endian, valid until its file is closed.
 *
 * @param name the tensor's name in its file
 * @param shape the dimensions, outermost first; empty for a scalar
 * @param data exactly the tensor's bytes; not necessarily aligned
 */
public record TensorView(String name, DType dtype, long[] shape, MemorySegment data) {

    /** Elements decoded at a time: whole blocks of every type, and little of the heap. */
    private static final int CHUNK = 1 << 14;

    public TensorView {
        shape = shape.clone();
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    /** How many elements the tensor has. */
    public long size() {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    /**
     * Some rows of a matrix (or elements of a vector), in place.
     *
     * @param from the first row, below {@code shape[0]}
     */
    public TensorView rows(String name, long from, long count) {
        long bytes = shape[0] == 0 ? 0 : data.byteSize() / shape[0];
        if (from < 0 || count < 0 || from + count > shape[0] || bytes * shape[0] != data.byteSize()) {
            throw new ModelFormatException("Tensor " + this.name + " has shape " + Arrays.toString(shape)
                    + "; its rows " + from + " to " + (from + count) + " cannot be taken as " + name);
        }
        long[] part = shape.clone();
        part[0] = count;
        return new TensorView(name, dtype, part, data.asSlice(from * bytes, count * bytes));
    }

    /** The same tensor by another name. */
    public TensorView named(String other) {
        return new TensorView(other, dtype, shape, data);
    }

    /**
     * The values as 32-bit floats, in a new array.
     *
     * @throws ModelFormatException if the tensor holds integers, or more elements than an array can
     */
    public float[] toFloats() {
        long size = size();
        if (size > Integer.MAX_VALUE - 8) {
            throw new ModelFormatException(
                    "Tensor " + name + " has " + size + " elements, too many for one array; read it in parts");
        }
        float[] values = new float[(int) size];
        read(0, MemorySegment.ofArray(values));
        return values;
    }

    /**
     * Reads elements as 32-bit floats of this machine's byte order, with a small buffer and no copy of the tensor.
     *
     * @param first the element to begin with, counted row by row; at the begin of a block
     * @param target filled to its end: four bytes for each element
     * @throws ModelFormatException if the tensor holds integers, or ends before the target does
     */
    public void read(long first, MemorySegment target) {
        if (!dtype.real()) {
            throw new ModelFormatException(
                    "Tensor " + name + " holds " + dtype + ", but a weight must be F32, F16 or BF16; convert it first");
        }
        long count = target.byteSize() / Float.BYTES;
        int block = dtype.blockElements();
        if (first < 0 || first % block != 0 || first + count > size()) {
            throw new ModelFormatException("Tensor " + name + " has " + size() + " elements in blocks of " + block
                    + "; " + count + " from " + first + " cannot be read");
        }
        if (dtype == DType.F32 && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
            MemorySegment.copy(data, first * Float.BYTES, target, 0, count * Float.BYTES);
            return;
        }
        byte[] stored = new byte[CHUNK / block * dtype.bytes()];
        float[] values = new float[CHUNK];
        for (long done = 0; done < count; done += CHUNK) {
            int now = (int) Math.min(CHUNK, count - done);
            int blocks = (now + block - 1) / block;
            long at = (first + done) / block * dtype.bytes();
            MemorySegment.copy(data, ValueLayout.JAVA_BYTE, at, stored, 0, blocks * dtype.bytes());
            ElementDecoder.decode(dtype, stored, blocks, values);
            MemorySegment.copy(values, 0, target, ValueLayout.JAVA_FLOAT_UNALIGNED, done * Float.BYTES, now);
        }
    }
}
