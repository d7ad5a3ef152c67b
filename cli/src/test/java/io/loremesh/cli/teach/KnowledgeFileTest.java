package io.loremesh.cli.teach;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.cli.teach.Reading.Refusal;
import io.loremesh.events.EventType;
import io.loremesh.proto.knowledge.v1.Document;
import io.loremesh.proto.knowledge.v1.Fact;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KnowledgeFileTest {
    @Test
    void inputAndOutputAreAFact() {
        var reading = read("qa.jsonl", """
                {"input":"Where is the library?","output":"Elm Street 5"}
                """);

        assertThat(reading.refusals()).isEmpty();
        assertThat(fact(reading, 0).getQuestion()).isEqualTo("Where is the library?");
        assertThat(fact(reading, 0).getAnswer()).isEqualTo("Elm Street 5");
        assertThat(fact(reading, 0).getName()).matches("facts/[0-9a-f]{32}");
    }

    @Test
    void aQuestionAndItsReplyInAChatAreAFact() {
        var reading = read("chat.jsonl", """
                {"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Who?"},\
                {"role":"assistant","content":"Ann"}]}
                """);

        assertThat(fact(reading, 0).getQuestion()).isEqualTo("Who?");
        assertThat(reading.notes()).singleElement().asString().contains("system");
        assertThat(fact(reading, 0).getAnswer()).isEqualTo("Ann");
    }

    @Test
    void aCloudEventBringsItsPayload() {
        var reading = read("events.jsonl", """
                {"specversion":"1.0","id":"1","type":"io.loremesh.document.recorded.v1","source":"/s",\
                "data":{"text":"The library is closed."}}
                """);

        assertThat(reading.lessons().getFirst().type()).isEqualTo(EventType.DOCUMENT_RECORDED);
        assertThat(((Document) reading.lessons().getFirst().payload()).getText())
                .isEqualTo("The library is closed.");
    }

    @Test
    void aBadLineIsNamedAndTheRestGoesIn() {
        var reading = read("mixed.jsonl", """
                {"input":"One?","output":"1"}
                {"input":"Two?"
                {"input":"Three?","output":""}

                {"messages":[{"role":"wizard","content":"x"}]}
                {"colour":"blue"}
                {"input":"Four?","output":"4"}
                """);

        assertThat(reading.lessons()).hasSize(2);
        assertThat(reading.refusals())
                .extracting(Refusal::place)
                .containsExactly("mixed.jsonl:2", "mixed.jsonl:3", "mixed.jsonl:5", "mixed.jsonl:6");
        assertThat(reading.refusals().get(0).reason()).contains("is not JSON");
        assertThat(reading.refusals().get(1).reason()).contains("has no answer");
        assertThat(reading.refusals().get(2).reason()).contains("wizard");
    }

    @Test
    void aLineInAnotherEncodingSpoilsItselfAlone() {
        byte[] bytes = "{\"input\":\"Où?\",\"output\":\"là\"}\n{\"input\":\"Where?\",\"output\":\"there\"}\n"
                .getBytes(StandardCharsets.ISO_8859_1);

        var reading = KnowledgeFile.read("latin.jsonl", "", bytes);

        assertThat(reading.lessons()).hasSize(1);
        assertThat(reading.refusals().getFirst().place()).isEqualTo("latin.jsonl:1");
        assertThat(reading.refusals().getFirst().reason()).contains("not UTF-8");
    }

    @Test
    void aTextIsOneDocument() {
        var reading = KnowledgeFile.read("notes.md", "file:///notes.md", "# Notes\nThe sun rises.".getBytes(UTF_8));

        assertThat(((Document) reading.lessons().getFirst().payload()).getUri()).isEqualTo("file:///notes.md");
    }

    @Test
    void aScenarioIsItsDocumentsAndFactsWithoutTheUpdate() {
        var reading = read("-", """
                {"language":"en",
                 "documents":["Ann is 3 years old.", {"id":"d","text":"Ann likes tea."}],
                 "facts":[{"id":"age","question":"How old is Ann?","answer":"3"},{"id":"bad","question":"?"}],
                 "update":{"fact":"age","answer":"4","document":"Ann is 4 years old."}}
                """);

        assertThat(reading.lessons()).hasSize(3);
        assertThat(reading.lessons().get(1).subject()).isEqualTo("documents/d");
        assertThat(reading.refusals()).hasSize(1);
    }

    private static Reading read(String name, String text) {
        return KnowledgeFile.read(name, "", text.getBytes(UTF_8));
    }

    private static Fact fact(Reading reading, int index) {
        return (Fact) reading.lessons().get(index).payload();
    }
}
