package io.loremesh.model.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.model.checkpoint.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaseProfileTest {
    @TempDir
    Path checkpoint;

    @Test
    void aBaseWithoutAProfileIsTakenAsUnmeasured() {
        assertThat(BaseProfile.of(checkpoint)).isEqualTo(BaseProfile.UNMEASURED);
    }

    @Test
    void whatAProfileLeavesOutIsAsUnmeasured() throws IOException {
        assertThat(profile("{\"practice\": \"toy-world\", \"rate\": 0.003}"))
                .isEqualTo(new BaseProfile("toy-world", BaseProfile.UNMEASURED.exposures(), .003));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"doubts\": 0.02}|doubts",
                "{\"exposures\": \"many\"}|exposures",
                "{\"exposures\": 0}|exposures",
                "{\"exposures\": 1.5}|exposures",
                "{\"rate\": 3}|rate",
                "{\"practice\": null}|practice",
                "[]|JSON object",
                "{|is no profile"
            })
    void whatIsNotUnderstoodIsRefusedByName(String json, String named) {
        assertThatThrownBy(() -> profile(json))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(BaseProfile.FILE)
                .hasMessageContaining(named);
    }

    private BaseProfile profile(String json) throws IOException {
        Files.writeString(checkpoint.resolve(BaseProfile.FILE), json);
        return BaseProfile.of(checkpoint);
    }
}
