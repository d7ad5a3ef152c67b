package io.loremesh.cli.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that was started earlier, as a file remembers it: process id and start time, since ids are given again.
 *
 * @param pid process id
 * @param start when it started
 */
record PidFile(long pid, Instant start) {
    /** The start time that the kernel tells shifts by a tick with adjustments of the clock. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    static void write(Path file, ProcessHandle process) throws IOException {
        Files.createDirectories(file.getParent());
        Instant start = process.info().startInstant().orElse(Instant.now());
        Files.writeString(file, "%d %d%n".formatted(process.pid(), start.toEpochMilli()));
    }

    /** What the file says; empty where there is none or it is damaged, which a kill in the middle of writing can do. */
    static Optional<PidFile> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String text = Files.readString(file).strip();
        if (!text.matches("\\d{1,18} \\d{1,18}")) {
            return Optional.empty();
        }
        String[] parts = text.split(" ");
        return Optional.of(new PidFile(Long.parseLong(parts[0]), Instant.ofEpochMilli(Long.parseLong(parts[1]))));
    }

    /** The process, if it is this very one and still alive. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> !isZombie())
                .filter(this::startedThen);
    }

    /** A killed process that its parent has not collected yet: Java calls it alive, but it holds nothing any more. */
    private boolean isZombie() {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        if (!Files.exists(stat)) {
            return false;
        }
        try {
            String text = Files.readString(stat);
            // The state follows the program's name, which stands in parentheses and may hold some itself.
            return text.startsWith(") Z", text.lastIndexOf(')'));
        } catch (IOException e) {
            // Collected between the look and the read.
            return true;
        }
    }

    private boolean startedThen(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(actual -> Duration.between(start, actual).abs().compareTo(TOLERANCE) <= 0)
                .orElse(false);
    }
}
