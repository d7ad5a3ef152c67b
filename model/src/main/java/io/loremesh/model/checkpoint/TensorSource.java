package io.loremesh.model.checkpoint;

import java.util.Set;

/**
 * Named tensors in files, mapped and not copied: a safetensors file, the files of a checkpoint directory, or a GGUF
 * file. Safe for concurrent use until closed; closing it invalidates its tensors.
 */
public interface TensorSource extends AutoCloseable {

    /** The tensors' names, in the order of the file. */
    Set<String> names();

    /**
     * @throws ModelFormatException if there is no tensor of that name; it names the tensor and where it was looked for
     */
    TensorView tensor(String name);

    @Override
    void close();
}
