package io.loremesh.cli.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Resident memory as Linux tells it in {@code /proc}; 0 where there is no such file. */
final class ResidentMemory {
    private ResidentMemory() {}

    /** MiB of this process alone. */
    static long miB(ProcessHandle process) {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    / 1024;
        } catch (IOException e) {
            // It ended between the look and the read.
            return 0;
        }
    }

    /** MiB of this process and of all that it started. Pages that they share count for each: an upper bound. */
    static long miBWithChildren(ProcessHandle process) {
        return miB(process)
                + process.descendants().mapToLong(ResidentMemory::miB).sum();
    }
}
