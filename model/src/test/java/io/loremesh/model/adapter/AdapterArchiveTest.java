package io.loremesh.model.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.model.checkpoint.ModelFormatException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterArchiveTest {
    @TempDir
    Path from;

    @TempDir
    Path to;

    @Test
    void anUnpackedArchiveIsTheSameAdapter() throws IOException {
        LoraPair pair = new LoraPair(1, 2, 2, new float[] {1, 2}, new float[] {3, 4});
        Adapter.write(from, new AdapterConfig(1, 2, List.of("q_proj"), "sha256:b"), Map.of("l.q_proj", pair));
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        ByteArrayOutputStream again = new ByteArrayOutputStream();

        AdapterArchive.pack(from, archive);
        AdapterArchive.pack(from, again);
        AdapterArchive.unpack(new ByteArrayInputStream(archive.toByteArray()), to);

        assertThat(Adapter.open(to).digest()).isEqualTo(Adapter.open(from).digest());
        assertThat(again.toByteArray()).isEqualTo(archive.toByteArray());
    }

    @Test
    void anArchiveThatWouldWriteElsewhereIsRefused() throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(archive)) {
            byte[] text = "x".getBytes(StandardCharsets.UTF_8);
            TarArchiveEntry entry = new TarArchiveEntry("../adapter_config.json");
            entry.setSize(text.length);
            tar.putArchiveEntry(entry);
            tar.write(text);
            tar.closeArchiveEntry();
        }

        assertThatThrownBy(() -> AdapterArchive.unpack(new ByteArrayInputStream(archive.toByteArray()), to))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("../adapter_config.json");
    }

    @Test
    void anArchiveWithAFileMissingIsRefused() throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        new TarArchiveOutputStream(archive).close();

        assertThatThrownBy(() -> AdapterArchive.unpack(new ByteArrayInputStream(archive.toByteArray()), to))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("adapter_model.safetensors");
    }
}
