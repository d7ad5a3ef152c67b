package io.loremesh.model.adapter;

import io.loremesh.model.checkpoint.ModelFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** An adapter directory as one artifact: a tar of its two files, the same bytes for the same adapter. */
public final class AdapterArchive {
    /** The media type that the registry keeps it under. */
    public static final String MEDIA_TYPE = "application/vnd.loremesh.peft.v1.tar";

    private static final SortedSet<String> FILES =
            new TreeSet<>(Set.of("adapter_config.json", "adapter_model.safetensors"));

    private AdapterArchive() {}

    /** Writes the archive of an adapter directory; the stream stays open. */
    public static void pack(Path dir, OutputStream out) throws IOException {
        ReproducibleTar.write(dir, FILES, out);
    }

    /**
     * Unpacks an archive into an existing directory.
     *
     * @throws ModelFormatException if it holds anything but the two files: an archive is untrusted input
     */
    public static void unpack(InputStream in, Path dir) throws IOException {
        Set<String> missing = new TreeSet<>(FILES);
        TarArchiveInputStream tar = new TarArchiveInputStream(in);
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            if (!entry.isFile() || !missing.remove(entry.getName())) {
                throw new ModelFormatException("The adapter archive holds '" + entry.getName() + "'; it must hold "
                        + FILES + " and nothing else");
            }
            Files.copy(tar, dir.resolve(entry.getName()));
        }
        if (!missing.isEmpty()) {
            throw new ModelFormatException("The adapter archive lacks " + missing + "; pack the whole adapter again");
        }
    }
}
