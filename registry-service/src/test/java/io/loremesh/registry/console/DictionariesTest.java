package io.loremesh.registry.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.loremesh.proto.generator.v1.Path;
import io.loremesh.proto.registry.v1.AuditAction;
import io.loremesh.proto.registry.v1.ChangeKind;
import io.loremesh.proto.registry.v1.Decision;
import io.loremesh.proto.registry.v1.DriftFinding;
import io.loremesh.proto.registry.v1.DriftKind;
import io.loremesh.proto.registry.v1.KnowledgeState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the console says, it says in both languages. */
class DictionariesTest {
    private static final java.nio.file.Path SOURCES = java.nio.file.Path.of("src/main/resources/web/app");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
    private static final Pattern SAID = Pattern.compile("\\bt\\('(\\w+)'");

    private static Map<String, String> words(String language) throws IOException {
        try (InputStream file = Files.newInputStream(SOURCES.resolve(language + ".json"))) {
            return new ObjectMapper().readerForMapOf(String.class).<LinkedHashMap<String, String>>readValue(file);
        }
    }

    @Test
    void bothLanguagesHaveTheSameKeysWithTheSamePlaceholders() throws IOException {
        Map<String, String> english = words("en");
        Map<String, String> chinese = words("zh");

        assertThat(chinese.keySet()).containsExactlyElementsOf(english.keySet());
        assertThat(english.values()).noneMatch(String::isBlank);
        assertThat(chinese.values()).noneMatch(String::isBlank);
        english.forEach((key, text) ->
                assertThat(placeholders(chinese.get(key))).as(key).isEqualTo(placeholders(text)));
    }

    @Test
    void everythingThatThePagesSayIsInTheDictionaries() throws IOException {
        var said = new TreeSet<String>();
        try (Stream<java.nio.file.Path> files = Files.walk(SOURCES)) {
            for (var file :
                    files.filter(file -> file.toString().endsWith(".js")).toList()) {
                SAID.matcher(Files.readString(file)).results().forEach(match -> said.add(match.group(1)));
            }
        }
        assertThat(said).hasSizeGreaterThan(50);
        assertThat(words("en").keySet()).containsAll(said);
    }

    @Test
    void everyValueOfTheContractsEnumsHasAWord() throws IOException {
        Stream<Enum<?>> values = Stream.of(
                        Decision.values(),
                        KnowledgeState.values(),
                        ChangeKind.values(),
                        DriftFinding.values(),
                        DriftKind.values(),
                        AuditAction.values(),
                        Path.values())
                .flatMap(Stream::of);
        Set<String> names = values.map(Enum::name)
                .filter(name -> !name.equals("UNRECOGNIZED"))
                .collect(Collectors.toSet());

        assertThat(words("en").keySet()).containsAll(names);
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }
}
