package io.loremesh.lab.pretrain;

import io.loremesh.cli.launch.MeshLayout;
import io.loremesh.cli.terminal.Failure;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@link PretrainMain} parses the arguments, in a process that has libtorch; here they are only handed on. */
@Command(
        name = "pretrain",
        description = "Make the demo base from the world generator alone; the same seed makes the same base.",
        customSynopsis =
                "mesh pretrain --out DIR [--recipe demo] [--seed N] [--hidden N] [--layers N] [--steps-scale X]"
                        + " [--step-tokens N] [--threads N] [--go-on]",
        footerHeading = "%nExample:%n",
        footer = {"  ./mesh pretrain --recipe demo --out models/demo --seed 1"})
public final class PretrainCommand implements Callable<Integer> {
    private static final String MAIN = PretrainMain.class.getName();

    /**
     * oneDNN makes a kernel for each shape, and parts have many: at its own limit of 1024 some are made again and
     * again.
     */
    private static final String KERNELS = "16384";

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                // The limits of JavaCPP count what is mapped, not what is held.
                "-Dorg.bytedeco.javacpp.maxBytes=0",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-cp",
                classPath(),
                MAIN));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putIfAbsent("ONEDNN_PRIMITIVE_CACHE_CAPACITY", KERNELS);
        return builder.start().waitFor();
    }

    private static String classPath() {
        Path app = MeshLayout.repository().resolve("trainer-service/target/quarkus-app");
        if (!Files.isDirectory(app)) {
            throw new Failure(
                    "%s is missing; build it with `./mvnw -pl trainer-service -am -DskipTests package`".formatted(app));
        }
        return Stream.concat(
                        Stream.of("app", "lib/boot", "lib/main").map(part -> app.resolve(part) + File.separator + "*"),
                        Stream.of(PretrainMain.class, CommandLine.class).map(PretrainCommand::jar))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String jar(Class<?> type) {
        return Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toString();
    }
}
