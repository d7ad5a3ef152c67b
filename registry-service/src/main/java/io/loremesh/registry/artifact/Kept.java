package io.loremesh.registry.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Bytes of an artifact that lie somewhere, whole or not, and when they last changed. */
record Kept(ContentDigest digest, long bytes, Instant changed, boolean complete) {
    /** What lies below a directory in files that are called by their digest and a suffix. */
    static List<Kept> below(Path dir, String suffix, boolean complete) throws IOException {
        var kept = new ArrayList<Kept>();
        if (Files.isDirectory(dir)) {
            try (Stream<Path> found = Files.walk(dir)) {
                for (Path file : found.filter(Files::isRegularFile).toList()) {
                    String name = file.getFileName().toString();
                    kept.add(new Kept(
                            new ContentDigest(name.substring(0, name.length() - suffix.length())),
                            Files.size(file),
                            Files.getLastModifiedTime(file).toInstant(),
                            complete));
                }
            }
        }
        return kept;
    }
}
