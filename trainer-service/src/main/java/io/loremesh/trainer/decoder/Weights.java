package io.loremesh.trainer.decoder;

import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.model.checkpoint.ParameterShapes;
import io.loremesh.model.checkpoint.TensorView;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A checkpoint's tensors in memory, fp32, under their Hugging Face names. They own their memory and outlive every
 * step's {@code PointerScope}: make them outside of one.
 */
public final class Weights implements AutoCloseable {

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    /** All weights of an opened checkpoint, copied: it may be closed afterwards. */
    public static Weights of(Checkpoint checkpoint) {
        Weights weights = new Weights();
        ParameterShapes.of(checkpoint.config()).forEach((name, shape) -> weights.put(checkpoint.tensor(name)));
        return weights;
    }

    /** The mean of weights of one shape, value by value. */
    public static Weights mean(List<Weights> each) {
        Weights mean = new Weights();
        for (String name : each.getFirst().names()) {
            double[] sums = new double[Math.toIntExact(each.getFirst().get(name).numel())];
            for (Weights weights : each) {
                float[] values = weights.values(name);
                Arrays.setAll(sums, i -> sums[i] + values[i]);
            }
            float[] values = new float[sums.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (sums[i] / each.size());
            }
            mean.put(name, values, each.getFirst().get(name).shape());
        }
        return mean;
    }

    /** Copies a tensor from its file into native memory, without the Java heap. */
    private void put(TensorView view) {
        Tensor tensor = torch.empty(view.shape());
        view.read(0, MemorySegment.ofAddress(tensor.data_ptr().address()).reinterpret(view.size() * Float.BYTES));
        tensors.put(view.name(), tensor);
    }

    /** Adds tensor {@code name}; the values are copied. */
    public Weights put(String name, float[] values, long... shape) {
        if (tensors.put(name, Tensor.create(values, shape)) != null) {
            throw new IllegalArgumentException("Weight " + name + " is given twice; give it once");
        }
        return this;
    }

    /** The tensor of that name; it stays owned by this object. */
    public Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException(
                    "The model has no weight " + name + "; its configuration names a layer that its weights lack");
        }
        return tensor;
    }

    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    /** The names, in the order in which they were put. */
    public Set<String> names() {
        return tensors.keySet();
    }

    /** Number of parameters. */
    public long parameters() {
        return tensors.values().stream().mapToLong(Tensor::numel).sum();
    }

    /** Lets gradients flow into every weight. */
    public Weights trainable() {
        tensors.values().forEach(tensor -> tensor.set_requires_grad(true));
        return this;
    }

    /** A copy of the values of {@code name}, row by row. */
    public float[] values(String name) {
        return valuesOf(get(name));
    }

    /** A copy of a float tensor's values, row by row. */
    public static float[] valuesOf(Tensor tensor) {
        try (Tensor flat = tensor.detach().contiguous()) {
            float[] values = new float[Math.toIntExact(flat.numel())];
            flat.data_ptr_float().get(values);
            return values;
        }
    }

    /** Writes {@code values} over what the tensors hold, row by row; each must be contiguous and have as many. */
    public static void overwrite(List<Tensor> tensors, List<float[]> values) {
        for (int i = 0; i < tensors.size(); i++) {
            Tensor tensor = tensors.get(i);
            if (tensor.numel() != values.get(i).length) {
                throw new IllegalArgumentException("Tensor " + i + " holds " + tensor.numel() + " values, but "
                        + values.get(i).length + " are given; they belong to a model of another shape");
            }
            tensor.data_ptr_float().put(values.get(i));
        }
    }

    @Override
    public void close() {
        tensors.values().forEach(Tensor::close);
        tensors.clear();
    }
}
