package io.loremesh.model.adapter;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A tar whose bytes follow from its files' names and contents alone: no time, no owner. */
public final class ReproducibleTar {
    private ReproducibleTar() {}

    /** Writes files of a directory in the order of their names; the stream stays open. */
    public static void write(Path dir, SortedSet<String> names, OutputStream out) throws IOException {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
        for (String name : names) {
            TarArchiveEntry entry = new TarArchiveEntry(name);
            entry.setSize(Files.size(dir.resolve(name)));
            entry.setModTime(0);
            entry.setIds(0, 0);
            tar.putArchiveEntry(entry);
            Files.copy(dir.resolve(name), tar);
            tar.closeArchiveEntry();
        }
        tar.finish();
        tar.flush();
    }
}
