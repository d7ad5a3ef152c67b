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
        BaseProfile none = BaseProfile.UNMEASURED;

        assertThat(profile("{\"practice\": \"toy-world\", \"rate\": 0.003}"))
                .isEqualTo(new BaseProfile(none.reading(), none.doubt(), "toy-world", none.exposures(), .003));
        assertThat(profile("{\"reading\": \"STUFF\", \"doubt\": 1}"))
                .isEqualTo(new BaseProfile(PassageReading.STUFF, 1, "", none.exposures(), none.rate()));
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
                "{\"doubt\": -1}|doubt",
                "{\"reading\": \"ALOUD\"}|STUFF",
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
