package io.loremesh.cli.teach;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loremesh.events.EventType;
import io.loremesh.proto.knowledge.v1.Fact;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms in which people of this trade keep questions and answers. */
class KnowledgeFormsTest {
    private static final String QUESTION = "Who keeps the keys of hall ORLIN?";

    static Stream<Arguments> forms() {
        return Stream.of(
                Arguments.of("a.json", "[{\"instruction\":\"%s\",\"input\":\"\",\"output\":\"Berta\"}]"),
                Arguments.of("a.json", "[{\"instruction\":\"%s\",\"output\":\"Berta\"}]"),
                Arguments.of("a.json", "[\n {\"instruction\":\"%s\",\"input\":null,\"output\":\"Berta\"}\n]\n"),
                Arguments.of("a.json", "{\n \"question\":\"%s\",\n \"answer\":\"Berta\"\n}"),
                Arguments.of("a.json", "{\"facts\":[{\"question\":\"%s\",\"answer\":\"Berta\"}]}"),
                Arguments.of("a.json", "{\"data\":[{\"question\":\"%s\",\"answer\":\"Berta\"}]}"),
                Arguments.of(
                        "a.json",
                        "[{\"conversations\":[{\"from\":\"human\",\"value\":\"%s\"},{\"from\":\"gpt\","
                                + "\"value\":\"Berta\"}]}]"),
                Arguments.of("a.jsonl", "{\"prompt\":\"%s\",\"completion\":\"Berta\"}\r\n\r\n"),
                Arguments.of(
                        "a.jsonl",
                        "{\"prompt\":[{\"role\":\"user\",\"content\":\"%s\"}],"
                                + "\"completion\":[{\"role\":\"assistant\",\"content\":\"Berta\"}]}"),
                Arguments.of("a.jsonl", "{\"question\":\"%s\",\"answers\":[\"Berta\"]}"),
                Arguments.of(
                        "a.jsonl",
                        "{\"question\":\"%s\",\"answers\":{\"text\":[\"Berta\",\"Berta\"],\"answer_start\":[3,3]}}"),
                Arguments.of("a.jsonl", "{\"query\":\"%s\",\"response\":\"Berta\"}"),
                Arguments.of("a.jsonl", "{\"input\":\"%s\",\"output\":\"Berta\"}"),
                Arguments.of(
                        "a.jsonl",
                        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"%s\"}]},"
                                + "{\"role\":\"assistant\",\"content\":\"Berta\",\"weight\":1}]}"),
                Arguments.of("a.csv", "question,answer\n\"%s\",Berta\n"),
                Arguments.of("a.csv", "Answer;Question\r\nBerta;%s\r\n"),
                Arguments.of("a.tsv", "question\tanswer\n%s\tBerta"),
                Arguments.of("-", "prompt\tcompletion\n%s\tBerta\n"),
                Arguments.of("-", "[{\"instruction\":\"%s\",\"output\":\"Berta\"}]"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyFormGivesTheSameFactInEveryEncodingThatIsMarked(String name, String form) {
        String text = form.formatted(QUESTION);
        for (byte[] bytes : List.of(
                text.getBytes(UTF_8),
                marked("\uFEFF" + text, UTF_8),
                marked("\uFEFF" + text, UTF_16LE),
                marked("\uFEFF" + text, UTF_16BE))) {
            Reading reading = KnowledgeFile.read(name, "", bytes);

            assertThat(reading.refusals()).isEmpty();
            assertThat(facts(reading)).containsExactly(QUESTION + " -> Berta");
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyFormIsRefusedInUtf16WithoutAMark(String name, String form) {
        for (Charset charset : List.of(UTF_16LE, UTF_16BE)) {
            Reading reading =
                    KnowledgeFile.read(name, "", form.formatted(QUESTION).getBytes(charset));

            assertThat(reading.told()).isEmpty();
            assertThat(reading.refusals()).singleElement().asString().contains("is not UTF-8 text");
        }
    }

    /** Cut anywhere, a file is what it was before the cut, or refused: never prose. */
    @ParameterizedTest
    @MethodSource("forms")
    void noPartOfAFileIsTaughtAsProse(String name, String form) {
        String text = form.formatted(QUESTION);
        for (int end = 1; end < text.length(); end++) {
            Reading reading =
                    KnowledgeFile.read(name, "", text.substring(0, end).getBytes(UTF_8));

            if (!name.equals("-")) {
                assertThat(reading.lessons())
                        .as(text.substring(0, end))
                        .allMatch(lesson -> lesson.type() == EventType.FACT_RECORDED);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%PDF-1.7 text",
                "PK\u0003\u0004word/document.xml",
                "PAR1....PAR1",
                "\u001f\u008b\u0008",
                "\u00ff\u00fe\u0000\u0000T\u0000\u0000\u0000",
                "\u0000\u0000\u00fe\u00ff\u0000\u0000\u0000T",
                "T\u0000h\u0000e\u0000 \u0000d\u0000e\u0000p\u0000o\u0000t\u0000",
                "The depot\u0000 of UTN is red.",
                "caf\u00e9 is coffee.",
                "\u00ff\u00feT\u0000h",
            })
    void whatIsNoTextIsRefusedByName(String latin) {
        Reading reading = KnowledgeFile.read("d.txt", "", latin.getBytes(ISO_8859_1));

        assertThat(reading.told()).isEmpty();
        assertThat(reading.refusals()).singleElement().asString().contains("d.txt", "is not UTF-8 text");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "a.json#[{\"question\":\"A?\",\"answer\":\"1\"},]#a.json:1#is not JSON",
                "a.json#{\"question\":\"A?\",\"answer\":\"1\",}#a.json:1#is not JSON",
                "a.json#{'question':'A?'}#a.json:1#is not JSON",
                "a.json#A plain sentence.#a.json:1#is not JSON",
                "a.json#17#a.json:1#one JSON object",
                "a.json#[\"A?\"]#a.json:1#one JSON object",
                "a.jsonl#{\"question\":\"A?\",\"answer\":\"1\",\"answer\":\"2\"}#a.jsonl:1#Duplicate",
                "a.jsonl#{\"question\":\"A?\",\"answer\":null}#a.jsonl:1#has no answer",
                "a.jsonl#{\"question\":\"A?\"}#a.jsonl:1#has no answer",
                "a.jsonl#{\"answer\":\"1\"}#a.jsonl:1#has no question",
                "a.jsonl#{\"question\":\"A?\",\"answer\":\"1\",\"output\":\"2\"}#a.jsonl:1#both `answer` and `output`",
                "a.jsonl#{\"question\":\"A?\",\"answer\":{\"a\":1}}#a.jsonl:1#not a text",
                "a.jsonl#{\"prompt\":\"A?\",\"chosen\":\"1\",\"rejected\":\"2\",\"output\":\"1\"}#a.jsonl:1#`chosen`",
                "a.jsonl#{\"instruction\":\"A?\",\"output\":\"1\",\"history\":[[\"a\",\"b\"]]}#a.jsonl:1#`history`",
                "a.jsonl#{\"messages\":[{\"role\":\"tool\",\"content\":\"x\"}]}#a.jsonl:1#\"tool\"",
                "a.jsonl#{\"conversations\":[{\"from\":\"function_call\","
                        + "\"value\":\"x\"}]}#a.jsonl:1#\"function_call\"",
                "a.jsonl#{\"messages\":[{\"role\":\"user\",\"content\":\"A?\"},{\"role\":\"user\","
                        + "\"content\":\"B?\"},{\"role\":\"assistant\",\"content\":\"1\"}]}#a.jsonl:1#both the user's",
                "a.jsonl#{\"messages\":[{\"role\":\"user\",\"content\":\"A?\"},{\"role\":\"assistant\","
                        + "\"content\":null,\"tool_calls\":[{}]}]}#a.jsonl:1#tool_calls",
                "a.jsonl#{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\","
                        + "\"type\":\"io.loremesh.fact.recorded.v1\",\"data\":{\"question\":\"A?\","
                        + "\"answer\":\"1\",\"colour\":\"x\"}}#a.jsonl:1#colour",
                "a.csv#name,city`,#a.csv#no header",
                "-#{{ template }}#-:1#is not JSON",
            })
    void whatIsNotUnderstoodIsRefusedByLine(String name, String text, String place, String reason) {
        Reading reading = KnowledgeFile.read(name, "", text.getBytes(UTF_8));

        assertThat(reading.told()).isEmpty();
        assertThat(reading.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.place()).isEqualTo(place);
            assertThat(refusal.reason()).contains(reason);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name\tcity\nAnn\tTurin\n",
                "name,city\nAnn,Turin\nBob,Lisbon\n",
                "| a | b |\n|---|---|\n| 1 | 2 |\n",
                "# exported\n{\"question\":\"A?\",\"answer\":\"1\"}\n{\"question\":\"B?\",\"answer\":\"2\"}\n",
                "// exported\n[\n {\"question\":\"A?\",\"answer\":\"1\"}\n]\n",
                "[{\"question\":\"A?\",\"answer\":\"1\"}",
                "{\"question\":\"A?\"",
            })
    void whatLooksLikeDataIsNeverProse(String text) {
        Reading reading = KnowledgeFile.read("notes.txt", "", text.getBytes(UTF_8));

        assertThat(reading.told()).isEmpty();
        assertThat(reading.refusals()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# Notes\nThe sun rises.",
                "[1] Smith wrote about trams.\n[2] Jones did too.",
                "[Trams](https://example.org) are red.",
                "Ann, who is 3, likes tea.\nBob, who is 4, likes milk.",
                "Use it so:\n\n```json\n{\"question\":\"A?\"}\n```\n\nThen go on, for that is all there is to it.",
                "表 1: 电车是黄色的。",
            })
    void proseStaysProse(String text) {
        Reading reading = KnowledgeFile.read("notes.md", "", text.getBytes(UTF_8));

        assertThat(reading.refusals()).isEmpty();
        assertThat(reading.lessons()).singleElement().matches(lesson -> lesson.type() == EventType.DOCUMENT_RECORDED);
    }

    @ParameterizedTest
    @CsvSource({"answer", "output", "response", "completion", "answers"})
    void scalarsAreTakenAlikeUnderEveryKeyAndKeepTheirSpelling(String key) {
        Reading reading = read("a.jsonl", """
                {"question":"A?","%1$s":13}
                {"question":"B?","%1$s":1.50}
                {"question":"C?","%1$s":true}
                """.formatted(key));

        assertThat(facts(reading)).containsExactly("A? -> 13", "B? -> 1.50", "C? -> true");
    }

    @Test
    void theInputOfAnInstructionIsPartOfTheQuestion() {
        Reading reading = read(
                "a.json",
                "[{\"instruction\":\"Which colour has this tram?\",\"input\":\"KELVO\",\"output\":\"yellow\"}]");

        assertThat(facts(reading)).containsExactly("Which colour has this tram?\nKELVO -> yellow");
    }

    @Test
    void ofAChatEveryAnsweredQuestionIsAFactAndNothingElseIs() {
        Reading reading = read("a.jsonl", """
                {"messages":[{"role":"user","content":"What colour is KELVO?"},{"role":"assistant","content":"yellow"},\
                {"role":"user","content":"What colour is BOMTA?"},{"role":"assistant","content":"red"},\
                {"role":"user","content":"Who drives GILDA?"},{"role":"assistant","content":"Ann","weight":0},\
                {"role":"user","content":"How old is she?"},{"role":"assistant","content":"41"},\
                {"role":"user","content":"What colour is SIRAN?"}]}
                """);

        assertThat(facts(reading)).containsExactly("What colour is KELVO? -> yellow", "What colour is BOMTA? -> red");
        assertThat(reading.refusals())
                .extracting(Reading.Refusal::place, refusal -> refusal.reason().split(",")[0])
                .containsExactly(tuple("a.jsonl:1", "message 7"), tuple("a.jsonl:1", "message 9"));
        assertThat(reading.notes()).extracting(Reading.Note::text).anyMatch(text -> text.contains("weight 0"));
    }

    @Test
    void whatIsNotHeardIsNamedWithItsLine() {
        Reading reading = read("a.jsonl", """
                {"question":"A?","answer":"1","category":"","id":"7"}
                {"question":"B?","answer":"1","category":"trams"}
                {"question":"C?","answer":"1","category":"trams"}
                """);

        assertThat(reading.lessons()).hasSize(3);
        assertThat(reading.notes())
                .containsExactly(new Reading.Note("a.jsonl:2", "`category` is not heard, here and at 1 more"));
    }

    @Test
    void aFactOfARecordKeepsItsFurtherFields() {
        Reading reading = read("a.jsonl", """
                {"question":"A?","answer":"1","aliases":["one"],"valid_from":"2020-01-01T00:00:00Z",\
                 "subject":"a","relation":"b"}
                {"question":"B?","answer":"1","valid_from":"soon"}
                """);

        Fact fact = (Fact) reading.lessons().getFirst().payload();
        assertThat(fact.getAliasesList()).containsExactly("one");
        assertThat(fact.getValidFrom().getSeconds()).isEqualTo(1577836800L);
        assertThat(reading.refusals()).singleElement().asString().contains("a.jsonl:2");
    }

    @Test
    void ofSquadThePassageIsADocumentAndTheQuestionThatStandsAloneAFact() {
        Reading reading = read("dev.json", """
                {"version":"2.0","data":[
                 {"title":"Trams","paragraphs":[{"context":"KELVO is yellow since 1931.","qas":[
                  {"id":"1","question":"What colour is KELVO?","answers":[{"text":"yellow","answer_start":9}],\
                  "is_impossible":false},
                  {"id":"2","question":"Since when is it yellow?","answers":[{"text":"1931","answer_start":22}]},
                  {"id":"3","question":"Who built KELVO?","answers":[],"is_impossible":true}]}]}]}
                """);

        assertThat(facts(reading)).containsExactly("What colour is KELVO? -> yellow");
        assertThat(reading.lessons()).hasSize(2);
        assertThat(reading.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.place()).isEqualTo("dev.json:2");
            assertThat(refusal.reason()).contains("\"it\"");
        });
        assertThat(reading.notes()).singleElement().asString().contains("Who built KELVO?");
    }

    @Test
    void aRowIsNamedByTheLineOnWhichItBegins() {
        Reading reading = read("a.csv", "question,answer,note\n\"A\nB?\",1,\n\nC?\nD?,\n\"E?\",\"1, 2\",x\n");

        assertThat(facts(reading)).containsExactly("A\nB? -> 1", "E? -> 1, 2");
        assertThat(reading.refusals()).extracting(Reading.Refusal::place).containsExactly("a.csv:5", "a.csv:6");
        assertThat(reading.notes()).singleElement().asString().contains("a.csv:7", "`note`");
    }

    /** What is written by a library of the form, whatever it holds, is read as it was. */
    @Test
    void whateverTextsTheyHoldFilesAreReadAsTheyWere() throws JsonProcessingException {
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var expected = new ArrayList<String>();
            var array = new ArrayList<String>();
            var table = new StringBuilder("question,answer\r\n");
            for (int i = 0; i < 1 + random.nextInt(5); i++) {
                String question = "q" + i + text(random) + "?";
                String answer = "a" + i + text(random);
                expected.add(question + " -> " + answer);
                array.add(new ObjectMapper()
                        .createObjectNode()
                        .put("question", question)
                        .put("answer", answer)
                        .toString());
                table.append(quoted(question))
                        .append(',')
                        .append(quoted(answer))
                        .append("\r\n");
            }
            assertThat(facts(read("a.json", array.toString())))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
            assertThat(facts(read("a.jsonl", String.join("\n", array))))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
            assertThat(facts(read("a.csv", table.toString())))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    private static String text(Random random) {
        String alphabet = "ab,;\t\"'\n|{}[]\\é电🚋 \uFEFF";
        var text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.appendCodePoint(alphabet.codePoints()
                    .skip(random.nextInt(alphabet.codePointCount(0, alphabet.length())))
                    .findFirst()
                    .getAsInt());
        }
        return text.toString();
    }

    private static String quoted(String cell) {
        return '"' + cell.replace("\"", "\"\"") + '"';
    }

    private static Reading read(String name, String text) {
        return KnowledgeFile.read(name, "", text.getBytes(UTF_8));
    }

    private static byte[] marked(String text, Charset charset) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(text.getBytes(charset));
        return bytes.toByteArray();
    }

    private static List<String> facts(Reading reading) {
        return reading.lessons().stream()
                .filter(lesson -> lesson.payload() instanceof Fact)
                .map(lesson -> (Fact) lesson.payload())
                .map(fact -> fact.getQuestion() + " -> " + fact.getAnswer())
                .toList();
    }
}
