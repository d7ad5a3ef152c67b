package io.loremesh.registry.mlflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.version.VersionName;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {
    @Test
    void bodyAndQueryReadAlike() {
        var query = new MultivaluedHashMap<String, String>();
        query.put("name", List.of("demo"));
        query.put("version", List.of("3"));
        query.put("stages", List.of("None", "Staging"));
        for (Parameters told : List.of(
                Parameters.of(query),
                Parameters.of("{\"name\": \"demo\", \"version\": \"3\", \"stages\": [\"None\", \"Staging\"]}"))) {
            assertThat(told.version()).isEqualTo(new VersionName("demo", 3));
            assertThat(told.texts("stages")).containsExactly("None", "Staging");
            assertThat(told.text("absent")).isEmpty();
            assertThat(told.maxResults(7, 9)).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "{\"name\": {}, \"version\": \"1\"}",
                "{\"name\": \"Demo\", \"version\": \"1\"}",
                "{\"name\": \"demo\", \"version\": \"0\"}",
                "{\"name\": \"demo\", \"version\": \"-1\"}",
                "{\"name\": \"demo\", \"version\": \"latest\"}",
                "{\"name\": \"demo\", \"version\": \"99999999999\"}"
            })
    void whatCannotBeReadIsRefused(String body) {
        assertThatThrownBy(() -> Parameters.of(body).version()).isInstanceOf(RegistryException.class);
    }

    @Test
    void tagsAreReadAndWhatIsNoneIsRefused() {
        assertThat(Parameters.of("{\"tags\": [{\"key\": \"a\", \"value\": \"1\"}, {\"key\": \"a\", \"value\": \"2\"}]}")
                        .tags())
                .containsExactly(entry("a", "2"));
        assertThatThrownBy(() -> Parameters.of("{\"tags\": [1]}").tags()).hasMessageContaining("{key, value}");
        assertThatThrownBy(() -> Tags.requireFree("loremesh.verdict")).hasMessageContaining("choose another key");
    }

    @Test
    void theActorIsWhoTheClientSaysItIs() {
        String basic = "Basic " + Base64.getEncoder().encodeToString("ada:secret".getBytes(UTF_8));
        assertThat(Caller.actor(basic)).isEqualTo("ada");
        String noisy = "Basic " + Base64.getEncoder().encodeToString("a\0d\na".getBytes(UTF_8));
        assertThat(Caller.actor(noisy)).isEqualTo("ada");
        assertThat(Caller.actor(null)).isEqualTo("mlflow");
        assertThat(Caller.actor("Bearer token")).isEqualTo("mlflow");
        assertThat(Caller.actor("Basic ###")).isEqualTo("mlflow");
    }
}
