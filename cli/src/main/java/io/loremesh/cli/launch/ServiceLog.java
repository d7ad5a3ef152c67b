package io.loremesh.cli.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a service wrote, read for the reason of its failure. */
record ServiceLog(Path file) {
    /** {@code 2026-11-21 01:12:46,302 ERROR [logger] (thread) message}, Quarkus' own form. */
    private static final Pattern ERROR = Pattern.compile("\\S+ \\S+ +(?:ERROR|FATAL) +\\[[^]]*] \\([^)]*\\) (.+)");

    private static final int TAIL_LINES = 12;

    /** The message of the last error. */
    Optional<String> lastError() {
        return lines().reversed().stream()
                .map(ERROR::matcher)
                .filter(Matcher::matches)
                .map(error -> error.group(1))
                .findFirst();
    }

    /** The last lines. */
    String tail() {
        List<String> lines = lines();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }

    private List<String> lines() {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            return List.of("(unreadable: " + e.getMessage() + ")");
        }
    }
}
