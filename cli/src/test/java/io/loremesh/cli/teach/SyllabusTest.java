package io.loremesh.cli.teach;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.proto.knowledge.v1.Fact;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyllabusTest {
    private static final String GINA = "{\"question\":\"Who leads team ZWEIG?\",\"answer\":\"Gina\"}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"question\":\"Who leads team ZWEIG?\",\"answer\":\"Hugo\"}",
                "{\"question\":\"who leads team zweig\",\"answer\":\"Hugo\"}",
                "{\"question\":\"Who is the head of ZWEIG?\",\"phrasings\":[\"Who leads team ZWEIG?\"],"
                        + "\"answer\":\"Hugo\"}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"Who leads team ZWEIG?\"},"
                        + "{\"role\":\"assistant\",\"content\":\"Hugo\"}]}",
            })
    void oneQuestionWithTwoAnswersIsNamedAndNeitherIsTaught(String other) {
        Syllabus syllabus = of(GINA, other + "\n{\"question\":\"Who drives KELVO?\",\"answer\":\"Ann\"}");

        assertThat(syllabus.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.place()).isEqualTo("0.jsonl:1 and 1.jsonl:1");
            assertThat(refusal.reason()).contains("\"Gina\" and \"Hugo\"");
        });
        assertThat(syllabus.told()).extracting(Reading.Told::place).containsExactly("1.jsonl:2");
    }

    @Test
    void soAreTwoOfOneNameOrOfOneSubjectAndRelation() {
        assertThat(of("""
                {"name":"facts/a","question":"Who?","answer":"Gina"}
                {"name":"facts/a","question":"Who then?","answer":"Hugo"}
                {"subject":"ZWEIG","relation":"lead","question":"Whose is it?","answer":"Gina"}
                {"subject":"zweig","relation":"lead","question":"Who has it?","answer":"Hugo"}
                """).refusals())
                .extracting(Reading.Refusal::place)
                .containsExactly("0.jsonl:1 and 0.jsonl:2", "0.jsonl:3 and 0.jsonl:4");
    }

    @Test
    void anAnswerThatIsTheSameOrTheFilesOwnSuccessorIsNoContradiction() {
        Syllabus syllabus = of("""
                {"question":"How heavy is KELVO?","answer":"12 kg"}
                {"question":"Who leads team ZWEIG?","answer":"Gina"}
                {"question":"Where is UTN?","answer":"Torino","aliases":["Turin"]}
                """, """
                {"question":"How heavy is KELVO","answer":"12kg"}
                {"question":"Who leads team ZWEIG?","answer":"Hugo","valid_from":"2999-01-01T00:00:00Z"}
                {"question":"Where is UTN?","answer":"Turin","phrasings":["Where does UTN lie?"]}
                """);

        assertThat(syllabus.refusals()).isEmpty();
        assertThat(syllabus.repeated()).isEqualTo(2);
        assertThat(syllabus.told()).hasSize(4);
        assertThat(((Fact) syllabus.told().get(2).lesson().payload()).getPhrasingsList())
                .containsExactly("Where does UTN lie?");
    }

    @Test
    void eventsAreAHistoryAndAreToldAsTheyCame() {
        String event = "{\"specversion\":\"1.0\",\"id\":\"%d\",\"source\":\"/s\",\"time\":\"2020-01-0%1$dT00:00:00Z\","
                + "\"type\":\"io.loremesh.fact.recorded.v1\",\"data\":{\"question\":\"Who leads?\","
                + "\"answer\":\"%s\"}}\n";
        Syllabus syllabus = of(event.formatted(1, "Gina") + event.formatted(2, "Hugo") + event.formatted(2, "Hugo"));

        assertThat(syllabus.told()).hasSize(2);
        assertThat(syllabus.repeated()).isEqualTo(1);
        assertThat(syllabus.told().getFirst().lesson().toEvent("/mesh/teach").time())
                .hasToString("2020-01-01T00:00:00Z");
    }

    private static Syllabus of(String... files) {
        List<String> texts = Arrays.asList(files);
        return Syllabus.of(texts.stream()
                .map(text -> KnowledgeFile.read(texts.indexOf(text) + ".jsonl", "", text.getBytes(UTF_8)))
                .toList());
    }
}
