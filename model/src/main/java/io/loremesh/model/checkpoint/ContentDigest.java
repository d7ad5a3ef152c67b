package io.loremesh.model.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/** Names a set of files by what they hold: {@code sha256:} and 64 hexadecimal digits. */
public final class ContentDigest {
    private ContentDigest() {}

    /**
     * The digest over each file's name, length and content, in the order of the names: the same files in another
     * directory have the same digest.
     */
    public static String of(Collection<Path> files) throws IOException {
        MessageDigest sha = sha256();
        List<Path> sorted =
                files.stream().sorted((a, b) -> name(a).compareTo(name(b))).toList();
        byte[] buffer = new byte[1 << 16];
        for (Path file : sorted) {
            byte[] name = name(file).getBytes(StandardCharsets.UTF_8);
            // Lengths stand before the parts, so that no two sets of files run together into the same bytes.
            sha.update(ByteBuffer.allocate(12)
                    .putInt(name.length)
                    .putLong(Files.size(file))
                    .array());
            sha.update(name);
            try (InputStream in = Files.newInputStream(file)) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    sha.update(buffer, 0, n);
                }
            }
        }
        return "sha256:" + HexFormat.of().formatHex(sha.digest());
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
