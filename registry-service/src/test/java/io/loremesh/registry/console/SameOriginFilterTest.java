package io.loremesh.registry.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SameOriginFilterTest {
    @Test
    void aPageOfTheSameHostAndPortMayOrder() {
        assertThat(SameOriginFilter.isSame("http://localhost:7104", "localhost:7104"))
                .isTrue();
        assertThat(SameOriginFilter.isSame("https://Mesh.example", "mesh.example"))
                .as("TLS ended before")
                .isTrue();
    }

    @Test
    void everybodyElseMayNot() {
        assertThat(SameOriginFilter.isSame("http://localhost:8080", "localhost:7104"))
                .isFalse();
        assertThat(SameOriginFilter.isSame("http://localhost:7104.evil.example", "localhost:7104"))
                .isFalse();
        assertThat(SameOriginFilter.isSame("http://localhost:7104@evil.example", "localhost:7104"))
                .isFalse();
        assertThat(SameOriginFilter.isSame("null", "localhost:7104")).isFalse();
        assertThat(SameOriginFilter.isSame("not a uri", "localhost:7104")).isFalse();
        assertThat(SameOriginFilter.isSame(null, "localhost:7104")).isFalse();
        assertThat(SameOriginFilter.isSame("http://localhost:7104", null)).isFalse();
    }
}
