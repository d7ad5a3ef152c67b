package io.loremesh.trainer.run;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a training process is started: the Java that runs this service, the service's own class path, few JVM resources.
 *
 * @param classPath of the process
 * @param mainClass takes the path of its specification
 * @param heap maximum heap as the JVM writes it, for instance {@code 512m}
 */
record TrainingCommand(String classPath, String mainClass, String heap) {
    private static final String MAIN_CLASS = "io.loremesh.trainer.run.TrainRunMain";
    private static final String LAUNCHER = "quarkus-run.jar";

    static TrainingCommand of(TrainerConfig.Trainer config) {
        String own = System.getProperty("java.class.path");
        String classPath = config.classPath().orElseGet(() -> expanded(own));
        return new TrainingCommand(with(config.practices(), classPath), MAIN_CLASS, config.heap());
    }

    /** The packaged service's class path names only its launcher, which no other main class can be started through. */
    static String expanded(String own) {
        if (!own.endsWith(LAUNCHER) || own.contains(File.pathSeparator)) {
            return own;
        }
        Path app = Path.of(own).toAbsolutePath().getParent();
        return String.join(File.pathSeparator, List.of(app + "/app/*", app + "/lib/main/*", app + "/lib/boot/*"));
    }

    /** Practices come last: they can add to the service's own classes and replace none. */
    static String with(Optional<String> practices, String classPath) {
        return practices.map(jars -> classPath + File.pathSeparator + jars).orElse(classPath);
    }

    List<String> arguments(Path specification) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-Xmx" + heap,
                "--enable-native-access=ALL-UNNAMED",
                // The log is read for its last line when a process ends without a word: keep what is not about the run
                // out.
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                // JavaCPP would otherwise bound native memory by the heap, which is kept small here.
                "-Dorg.bytedeco.javacpp.maxBytes=0",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-cp",
                classPath,
                mainClass,
                specification.toString());
    }
}
