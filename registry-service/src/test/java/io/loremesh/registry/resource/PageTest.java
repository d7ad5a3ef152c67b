package io.loremesh.registry.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.registry.failure.RegistryException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {
    @Test
    void theNextPageBeginsAfterTheLastRowShown() {
        var slice = Page.of(2, 50, "").cut(List.of("a", "b", "c"), row -> row);
        assertThat(slice.rows()).containsExactly("a", "b");
        assertThat(Page.of(2, 50, slice.nextToken()).after()).isEqualTo("b");
    }

    @Test
    void theLastPageHasNoToken() {
        assertThat(Page.of(0, 2, "").cut(List.of("a", "b"), row -> row).nextToken())
                .isEmpty();
    }

    @Test
    void aBadSizeOrTokenIsRefused() {
        assertThatThrownBy(() -> Page.of(1_001, 50, "")).isInstanceOf(RegistryException.class);
        assertThatThrownBy(() -> Page.of(1, 50, "%%%")).isInstanceOf(RegistryException.class);
    }
}
