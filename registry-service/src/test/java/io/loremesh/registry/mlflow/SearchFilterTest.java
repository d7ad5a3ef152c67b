package io.loremesh.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loremesh.registry.failure.RegistryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchFilterTest {
    private static final String VERSION = """
            {"name": "demo", "version": "12", "run_id": "r1", "source": "mlflow-artifacts:/sha256/ab",
             "tags": [{"key": "team", "value": "Lore"}, {"key": "a key", "value": "x"}]}""";

    private static boolean matches(String filter) throws Exception {
        JsonNode version = new ObjectMapper().readTree(VERSION);
        return SearchFilter.parse(filter, SearchFilter.OF_VERSIONS).matches(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "name='demo'",
                "name = \"demo\" and version_number >= 12",
                "attributes.name = 'demo'",
                "name LIKE 'de%' AND run_id IN ('r0', 'r1')",
                "run_id NOT IN ('r2')",
                "source_path ilike 'MLFLOW%sha256/__'",
                "tags.team = 'Lore' AND tag.`a key` != 'y'",
                "tags.\"a key\" = 'x'",
                "tags.team ILIKE 'l%e'",
                "tags.`mlflow.prompt.is_prompt` != 'true'",
                "version_number > 2"
            })
    void whatClientsAskForIsFound(String filter) throws Exception {
        assertThat(matches(filter)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name = 'demo' AND version_number < 12",
                "name LIKE 'Demo'",
                "tags.absent != 'y'",
                "tags.`mlflow.prompt.is_prompt` = 'true'",
                "run_id IN ('r2', 'r3')"
            })
    void whatDoesNotMatchIsLeftOut(String filter) throws Exception {
        assertThat(matches(filter)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "name = demo",
                "name = 'demo' OR name = 'other'",
                "name = 'demo' name = 'demo'",
                "colour = 'red'",
                "version_number = 'three'",
                "version_number LIKE '1%'",
                "name > 'a'",
                "name = 'demo' AND",
                "'; drop table version; --"
            })
    void whatCannotBeReadIsRefusedWithWhatCan(String filter) {
        if (filter.endsWith("AND")) {
            assertThatThrownBy(() -> matches(filter)).hasMessageContaining("a clause such as");
        } else {
            assertThatThrownBy(() -> matches(filter))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageMatching("(?s).*(write|search by|compare).*");
        }
    }

    @Test
    void theOneModelAskedForIsKnown() {
        var filter = SearchFilter.parse("name = 'demo' AND tags.a = 'b'", SearchFilter.OF_VERSIONS);
        assertThat(filter.onlyModel()).contains("demo");
        assertThat(SearchFilter.parse("name LIKE 'demo'", SearchFilter.OF_VERSIONS)
                        .onlyModel())
                .isEmpty();
    }

    @Test
    void theLongestFilterIsReadAndALongerOneRefused() throws Exception {
        String longest = "run_id IN (" + "'r1',".repeat(790) + "'r')";
        assertThat(longest.length()).isBetween(3_900, 4_000);
        assertThat(matches(longest)).isTrue();
        assertThatThrownBy(() -> matches(longest + " ".repeat(100))).hasMessageContaining("4000 at most");
    }

    @Test
    void aHostilePatternTakesNoTime() {
        String text = "a".repeat(20_000);
        assertThat(SearchFilter.like(text, "%a".repeat(1_000) + "b")).isFalse();
        assertThat(SearchFilter.like(text, "%a%")).isTrue();
        assertThat(SearchFilter.like("", "%")).isTrue();
        assertThat(SearchFilter.like("a", "")).isFalse();
    }
}
