package io.loremesh.registry.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loremesh.model.adapter.AdapterConfig;
import io.loremesh.model.checkpoint.ModelFormatException;
import io.loremesh.model.checkpoint.SafetensorsHeader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The Frobenius norm of what a LoRA adapter adds to each linear map, ‖scaling · B · A‖, from its archive. The product
 * [out, in] is never formed: ‖B·A‖² is the sum of the products, element by element, of BᵀB and A·Aᵀ, both only [rank,
 * rank]. Tensors are read a block at a time, so memory grows with the rank alone. The archive is untrusted: every size
 * is bounded before it is believed.
 */
final class AdapterNorms {
    private static final String CONFIG = "adapter_config.json";
    private static final String WEIGHTS = "adapter_model.safetensors";
    private static final String PREFIX = "base_model.model.";
    private static final String A = ".lora_A.weight";
    private static final String B = ".lora_B.weight";

    private static final int MOST_ENTRIES = 64;
    private static final int MOST_CONFIG_BYTES = 1 << 20;
    private static final int MOST_HEADER_BYTES = 16 << 20;
    private static final int MOST_RANK = 512;
    /** Multiplications for one adapter: more than rank 128 on every linear map of a 7B model takes. */
    private static final double MOST_WORK = 1e11;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SeekableByteChannel archive;
    private double work;

    private AdapterNorms(SeekableByteChannel archive) {
        this.archive = archive;
    }

    /**
     * The norms by linear map, for instance {@code model.layers.0.self_attn.q_proj}.
     *
     * @throws ModelFormatException if the archive is no plain LoRA adapter, or larger than what is believed; the
     *     message says
     */
    static Map<String, Double> read(SeekableByteChannel archive) throws IOException {
        return new AdapterNorms(archive).read();
    }

    private Map<String, Double> read() throws IOException {
        JsonNode config = null;
        Map<String, AdapterTensor> tensors = null;
        var tar = new TarArchiveInputStream(Channels.newInputStream(archive));
        int entries = 0;
        for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
            if (++entries > MOST_ENTRIES) {
                throw new ModelFormatException(
                        "the archive holds more than " + MOST_ENTRIES + " files; it is no adapter");
            }
            switch (entry.getName().startsWith("./") ? entry.getName().substring(2) : entry.getName()) {
                case CONFIG -> config = json(tar, entry.getSize(), MOST_CONFIG_BYTES, CONFIG);
                case WEIGHTS -> tensors = header(tar, entry.getSize());
                default -> {}
            }
        }
        if (config == null || tensors == null) {
            throw new ModelFormatException(
                    "the archive lacks " + (config == null ? CONFIG : WEIGHTS) + "; it is no adapter of PEFT's layout");
        }
        return norms(tensors, AdapterConfig.of(config).scaling());
    }

    private static TarArchiveEntry next(TarArchiveInputStream tar) {
        try {
            return tar.getNextEntry();
        } catch (IOException | IllegalArgumentException e) {
            throw new ModelFormatException("the artifact is no archive that can be read: " + e.getMessage(), e);
        }
    }

    private static JsonNode json(InputStream in, long size, int most, String name) throws IOException {
        if (size < 0 || size > most) {
            throw new ModelFormatException(name + " has " + size + " bytes; at most " + most + " are read");
        }
        JsonNode node = JSON.readTree(in.readNBytes((int) size));
        if (!node.isObject()) {
            throw new ModelFormatException(name + " is no JSON object");
        }
        return node;
    }

    /** The tensors, with their places in the archive: its stream stands at the first byte of the weights. */
    private Map<String, AdapterTensor> header(InputStream in, long size) throws IOException {
        long begin = archive.position();
        byte[] length = in.readNBytes(Long.BYTES);
        long bytes = length.length < Long.BYTES
                ? -1
                : ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (bytes < 2 || bytes > Math.min(MOST_HEADER_BYTES, size - Long.BYTES)) {
            throw new ModelFormatException(WEIGHTS + " claims a header of " + bytes + " bytes in " + size);
        }
        byte[] header = in.readNBytes((int) bytes);
        long data = begin + Long.BYTES + bytes;
        long room = Math.min(begin + size, archive.size()) - data;
        var tensors = new TreeMap<String, AdapterTensor>();
        SafetensorsHeader.parse(WEIGHTS, header, room)
                .entries()
                .forEach(entry -> tensors.put(entry.name(), AdapterTensor.of(entry, data)));
        return tensors;
    }

    private Map<String, Double> norms(Map<String, AdapterTensor> tensors, double scaling) throws IOException {
        var norms = new TreeMap<String, Double>();
        for (String name : tensors.keySet()) {
            if (name.startsWith(PREFIX) && name.endsWith(A)) {
                String linear = name.substring(PREFIX.length(), name.length() - A.length());
                AdapterTensor b = tensors.get(PREFIX + linear + B);
                if (b == null) {
                    throw new ModelFormatException(linear + " has an A and no B");
                }
                norms.put(linear, scaling * norm(linear, tensors.get(name), b));
            }
        }
        return norms;
    }

    /** @param a [rank, in]; @param b [out, rank] */
    private double norm(String linear, AdapterTensor a, AdapterTensor b) throws IOException {
        long rank = a.rows();
        if (rank < 1 || rank > MOST_RANK || b.columns() != rank) {
            throw new ModelFormatException("%s is [%d, %d] times [%d, %d]; a LoRA of rank 1 to %d was expected"
                    .formatted(linear, b.rows(), b.columns(), a.rows(), a.columns(), MOST_RANK));
        }
        work += (double) rank * rank * (a.columns() + b.rows());
        if (work > MOST_WORK) {
            throw new ModelFormatException("the adapter is too large for its norms to be computed here");
        }
        double[] aa = a.gramOfRows(archive);
        double[] bb = b.gramOfColumns(archive);
        double square = 0;
        for (int i = 0; i < aa.length; i++) {
            square += aa[i] * bb[i];
        }
        if (!Double.isFinite(square)) {
            throw new ModelFormatException(linear + " holds values that are not finite");
        }
        // Rounding may leave a change of nothing a hair below it.
        return Math.sqrt(Math.max(0, square));
    }
}
