package io.loremesh.cli.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.cli.terminal.Failure;
import io.loremesh.proto.knowledge.v1.Document;
import io.loremesh.proto.knowledge.v1.Fact;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioTest {
    @TempDir
    private Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"family.zh.json", "family.en.json"})
    void theExamplesHoldNineQuestionsTwoUnknowableOnesAndAnUpdate(String name) {
        Scenario scenario =
                Scenario.read(Path.of(System.getProperty("loremesh.root")).resolve("examples/" + name));

        assertThat(scenario.facts()).hasSize(9).allSatisfy(fact -> {
            assertThat(fact.phrasings()).hasSizeGreaterThanOrEqualTo(4);
            assertThat(fact.heldout()).isNotEmpty();
        });
        assertThat(scenario.unknowable()).hasSize(2);
        assertThat(scenario.update().answer()).startsWith("11");
    }

    @Test
    void anUpdateKeepsTheFactsNameAndReplacesTheDocumentThatItCorrects() throws Exception {
        Scenario scenario = read("""
                {"language":"en",
                 "documents":["Ann likes tea.", "Ann is 3 years old.", "Bob is 3 years and a day."],
                 "facts":[{"id":"age","question":"How old is Ann?","answer":"3","aliases":["three"]}],
                 "update":{"fact":"age","answer":"4","document":"Ann is 4 years old."}}
                """);

        var lessons = scenario.updateLessons();

        var corrected = (Document) lessons.get(0).payload();
        assertThat(corrected.getText()).isEqualTo("Ann is 4 years old.");
        assertThat(corrected.getName())
                .isEqualTo(scenario.documents().get(1).toDocument("en").getName());
        var changed = (Fact) lessons.get(1).payload();
        assertThat(changed.getName())
                .isEqualTo(scenario.facts().getFirst().toFact("en").getName());
        assertThat(changed.getAnswer()).isEqualTo("4");
        assertThat(changed.getAliasesList()).isEmpty();
    }

    @Test
    void aMalformedFileIsNamedWithTheLine() throws Exception {
        Path file = write("{\"language\":\"en\",\n \"facts\":[}");

        assertThatThrownBy(() -> Scenario.read(file))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(file + ":2");
    }

    @Test
    void anUpdateOfAnUnknownFactIsRefused() throws Exception {
        assertThatThrownBy(() -> read("""
                {"facts":[{"id":"a","question":"How old is Ann?","answer":"3"}],"update":{"fact":"b","answer":"4"}}
                """)).isInstanceOf(Failure.class).hasMessageContaining("fact \"b\"");
    }

    @Test
    void aHeldoutPhrasingThatIsAlsoTrainedIsRefused() throws Exception {
        assertThatThrownBy(() -> read("""
                {"facts":[{"question":"How old is Ann?","answer":"3","heldout":["how old is ann"]}]}
                """)).isInstanceOf(Failure.class).hasMessageContaining("trains on it too");
    }

    private Scenario read(String json) throws Exception {
        return Scenario.read(write(json));
    }

    private Path write(String json) throws Exception {
        return Files.writeString(dir.resolve("scenario.json"), json);
    }
}
