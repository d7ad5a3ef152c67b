package io.loremesh.registry.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.registry.failure.RegistryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRefTest {
    @Test
    void aNameIsANumberAnAliasOrTheBareBase() {
        assertThat(VersionRef.parse("models/demo/versions/12")).isEqualTo(new VersionRef.Numbered("demo", 12));
        assertThat(VersionRef.parse("models/demo/versions/active")).isEqualTo(new VersionRef.Aliased("demo", "active"));
        assertThat(VersionRef.parse("models/demo")).isEqualTo(new VersionRef.Bare("demo"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "demo",
                "models/",
                "models/Demo",
                "models/demo/versions/0",
                "models/demo/versions/",
                "models/demo/versions/1/x"
            })
    void anythingElseIsRefused(String name) {
        assertThatThrownBy(() -> VersionRef.parse(name))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("names no version");
    }
}
