package io.loremesh.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the published schemas to the protos. {@code -Dloremesh.schemas.write=true} writes them anew. */
class EventSchemaTest {
    private static final Path SCHEMAS =
            Path.of(System.getProperty("loremesh.root"), "proto/src/main/resources/loremesh/events/v1");

    @ParameterizedTest
    @EnumSource(EventType.class)
    void thePublishedSchemaIsThatOfTheMessage(EventType type) throws Exception {
        Path file = SCHEMAS.resolve(type.type() + ".schema.json");
        String schema =
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(JsonSchemaOfMessage.of(type))
                        + "\n";
        if (Boolean.getBoolean("loremesh.schemas.write")) {
            Files.writeString(file, schema);
        }

        assertThat(file)
                .as("after a change of the protos: ./mvnw -pl mesh-kit -am test -Dloremesh.schemas.write=true")
                .hasContent(schema);
    }
}
