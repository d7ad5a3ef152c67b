package io.loremesh.cli.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.cli.launch.MeshLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The lint of the sources of every module: rules that neither the compiler nor the formatter knows. */
class SourceLintTest {
    private static final int COLUMNS = 120;

    /** Everything but the benchmark's world, which the product does not need at run time. */
    private static final Set<String> NOT_PRODUCT = Set.of("lab", "fuzz", "agreement");

    /**
     * Names that two parts of the product gave to two things. Who renames one takes it off the list, and none comes
     * onto it: find the word that tells yours from the other.
     */
    private static final Set<String> TWICE = Set.of(
            "ContentDigest",
            "DeadLetters",
            "Decoder",
            "Evidence",
            "Finding",
            "Judgement",
            "KnowledgeConsumer",
            "RegistryException",
            "Subject",
            "Tally",
            "VersionsConsumer",
            "Weights");

    private static final Pattern SKIPS = Pattern.compile("import (?:static )?org\\.junit\\.jupiter\\.api\\."
            + "(?:Assumptions|Disabled|condition\\.(?!EnabledOnOs;|OS;))");

    /** Those that hold what they found for as long as it matters. */
    private static final Set<String> HOLD_THEIR_PORT =
            Set.of("PortSpan.java", "PortSpanTest.java", "InfraProcessIT.java", "PortsTest.java");

    private static final List<Path> SOURCES = sources(MeshLayout.repository());

    private static List<Path> sources(Path root) {
        try (Stream<Path> modules = Files.list(root)) {
            List<Path> found = modules.filter(module -> Files.exists(module.resolve("pom.xml")))
                    .flatMap(module -> Stream.of("main", "test").map(kind -> module.resolve("src/" + kind + "/java")))
                    .filter(Files::isDirectory)
                    .flatMap(SourceLintTest::javaFiles)
                    .map(root::relativize)
                    .sorted()
                    .toList();
            if (found.size() < 500) {
                throw new IllegalStateException("only %d sources under %s; set -Dloremesh.root to the repository"
                        .formatted(found.size(), root));
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> javaFiles(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void noLineIsLongerThan120Columns() {
        var found = new ArrayList<String>();
        for (Path source : SOURCES) {
            List<String> lines = text(source).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                int columns = lines.get(i).codePointCount(0, lines.get(i).length());
                if (columns > COLUMNS) {
                    found.add("%s:%d has %d".formatted(source, i + 1, columns));
                }
            }
        }
        assertThat(found)
                .as("lines of more than %d columns; break them", COLUMNS)
                .isEmpty();
    }

    @Test
    void noTwoClassesOfTheProductHaveTheSameSimpleName() {
        Map<String, List<String>> modules = SOURCES.stream()
                .filter(source -> source.startsWith(source.getName(0).resolve("src/main")))
                .filter(source -> !NOT_PRODUCT.contains(source.getName(0).toString()))
                .filter(source -> !source.endsWith("package-info.java"))
                .collect(Collectors.groupingBy(
                        source -> source.getFileName().toString().replace(".java", ""),
                        TreeMap::new,
                        Collectors.mapping(Path::toString, Collectors.toList())));
        modules.values().removeIf(files -> files.size() == 1);

        assertThat(modules.keySet())
                .as("simple names that stand twice in the product: %s", modules)
                .isSubsetOf(TWICE);
    }

    /** What is skipped looks like what passes. A tool that a test needs is brought, or the test fails and names it. */
    @Test
    void noTestSkipsItself() {
        assertThat(SOURCES.stream().filter(source -> SKIPS.matcher(text(source)).find()))
                .isEmpty();
    }

    /**
     * Between "it is free" and "it is mine" somebody else takes it: bind port 0 and read it back, or claim a PortSpan.
     */
    @Test
    void nobodyGuessesAPort() {
        assertThat(SOURCES.stream()
                        .filter(source ->
                                !HOLD_THEIR_PORT.contains(source.getFileName().toString()))
                        .filter(source -> text(source).contains("new " + "ServerSocket(")))
                .isEmpty();
    }

    private static String text(Path source) {
        try {
            return Files.readString(MeshLayout.repository().resolve(source));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
