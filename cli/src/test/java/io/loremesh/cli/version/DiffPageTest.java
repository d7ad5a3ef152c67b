package io.loremesh.cli.version;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiffPageTest {
    @Test
    void thePageHoldsMatrixListsAndHeatMapAndNeedsNothingBesideIt() {
        String page = DiffPage.of(Diffs.small("How old is Jim?"));
        assertThat(page)
                .startsWith("<!doctype html>")
                .contains("<h2>Transitions</h2>", "How old is Jim?", "https://hr.example/jim", "self_attn.q_proj")
                .contains("--heat:70", "--heat:18")
                .doesNotContain("<script", "<link", "<img");
    }

    @Test
    void whatComesFromOutsideIsEscaped() {
        assertThat(DiffPage.of(Diffs.small("<img src=x onerror=alert(1)> & \"so\"")))
                .contains("&lt;img src=x onerror=alert(1)&gt; &amp; &quot;so&quot;")
                .doesNotContain("<img");
    }
}
