package io.loremesh.model.adapter;

import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.model.checkpoint.ContentDigest;
import io.loremesh.model.checkpoint.DType;
import io.loremesh.model.checkpoint.ModelFormatException;
import io.loremesh.model.checkpoint.ParameterShapes;
import io.loremesh.model.checkpoint.SafetensorsFile;
import io.loremesh.model.checkpoint.SafetensorsWriter;
import io.loremesh.model.checkpoint.TensorView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A LoRA adapter in PEFT's layout: {@code adapter_config.json} and {@code adapter_model.safetensors}. Its values are
 * copied into memory, so there is nothing to close. Immutable.
 */
public final class Adapter {
    private static final String WEIGHTS = "adapter_model.safetensors";
    private static final String PREFIX = "base_model.model.";
    private static final String A = ".lora_A.weight";
    private static final String B = ".lora_B.weight";

    private final AdapterConfig config;
    private final SortedMap<String, LoraPair> pairs;
    private final String digest;

    private Adapter(AdapterConfig config, SortedMap<String, LoraPair> pairs, String digest) {
        this.config = config;
        this.pairs = pairs;
        this.digest = digest;
    }

    /** @throws ModelFormatException if a tensor is missing, misshapen or of another layout; the message names it */
    public static Adapter open(Path dir) throws IOException {
        AdapterConfig config = AdapterConfig.read(dir);
        SortedMap<String, LoraPair> pairs = new TreeMap<>();
        try (SafetensorsFile file = SafetensorsFile.open(dir.resolve(WEIGHTS))) {
            for (String name : file.names()) {
                if (!name.startsWith(PREFIX) || !(name.endsWith(A) || name.endsWith(B))) {
                    throw new ModelFormatException(
                            "Tensor " + name + " in " + dir + " is not a LoRA weight of PEFT's layout");
                }
                String linear = name.substring(PREFIX.length(), name.length() - A.length());
                pairs.computeIfAbsent(linear, key -> pair(file, key, config.rank()));
            }
        }
        AdapterConfig.requireTargeted(dir, pairs.keySet());
        String digest = ContentDigest.of(List.of(dir.resolve("adapter_config.json"), dir.resolve(WEIGHTS)));
        return new Adapter(config, pairs, digest);
    }

    private static LoraPair pair(SafetensorsFile file, String linear, int rank) {
        TensorView a = matrix(file.tensor(PREFIX + linear + A));
        TensorView b = matrix(file.tensor(PREFIX + linear + B));
        if (a.shape()[0] != rank || b.shape()[1] != rank) {
            throw new ModelFormatException("Tensor " + a.name() + " has shape " + Arrays.toString(a.shape()) + " and "
                    + b.name() + " " + Arrays.toString(b.shape()) + ", but adapter_config.json tells rank " + rank);
        }
        return new LoraPair(
                rank, Math.toIntExact(a.shape()[1]), Math.toIntExact(b.shape()[0]), a.toFloats(), b.toFloats());
    }

    private static TensorView matrix(TensorView view) {
        if (view.shape().length != 2) {
            throw new ModelFormatException("Tensor " + view.name() + " has shape " + Arrays.toString(view.shape())
                    + "; a LoRA weight is a matrix");
        }
        return view;
    }

    /** Writes an adapter directory; the same pairs give the same bytes, hence the same digest. */
    public static void write(Path dir, AdapterConfig config, Map<String, LoraPair> pairs) throws IOException {
        List<SafetensorsWriter.Named> tensors = new ArrayList<>();
        new TreeMap<>(pairs).forEach((linear, pair) -> {
            tensors.add(new SafetensorsWriter.Named(
                    PREFIX + linear + A, DType.F32, new long[] {pair.rank(), pair.in()}, pair.a()));
            tensors.add(new SafetensorsWriter.Named(
                    PREFIX + linear + B, DType.F32, new long[] {pair.out(), pair.rank()}, pair.b()));
        });
        config.write(dir);
        SafetensorsWriter.write(dir.resolve(WEIGHTS), tensors, Map.of("format", "pt"));
    }

    public AdapterConfig config() {
        return config;
    }

    /** The changes by the linear map's name in the base, for instance {@code model.layers.0.self_attn.q_proj}. */
    public Map<String, LoraPair> pairs() {
        return Collections.unmodifiableMap(pairs);
    }

    /** {@code sha256:…} over its two files. */
    public String digest() {
        return digest;
    }

    /**
     * Refuses a base that this adapter was not trained on.
     *
     * @throws ModelFormatException naming both digests, or the linear map whose shape differs
     */
    public void requireFits(Checkpoint base) {
        if (!config.baseModel().equals(base.digest())) {
            throw new ModelFormatException(
                    "Adapter " + digest + " was trained on the base " + config.baseModel() + ", but " + base.dir()
                            + " is " + base.digest() + "; load that base or train the adapter on this one");
        }
        pairs.forEach((linear, pair) -> {
            if (ParameterShapes.LINEARS.stream().noneMatch(known -> linear.endsWith("." + known))) {
                throw new ModelFormatException("Adapter " + digest + " changes " + linear
                        + ", which is not changed here; train it on " + ParameterShapes.LINEARS + " alone");
            }
            long[] shape = base.tensor(linear + ".weight").shape();
            if (shape.length != 2 || shape[0] != pair.out() || shape[1] != pair.in()) {
                throw new ModelFormatException("Adapter " + digest + " changes " + linear + " as [" + pair.out() + ", "
                        + pair.in() + "], but " + base.dir() + " has " + Arrays.toString(shape)
                        + "; train the adapter on this base");
            }
        });
    }
}
