package io.loremesh.cli.teach;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loremesh.cli.teach.FileJson.Located;
import io.loremesh.cli.teach.FileJson.NotJsonException;
import io.loremesh.proto.knowledge.v1.Document;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads knowledge from a file. By its content, and its name where that says more, it is JSON lines, a JSON array or
 * object of records ({@link LessonLine}), a scenario ({@code documents} and {@code facts}), SQuAD's {@code data}, a
 * table with a header ({@link FactTable}), or a plain text, which becomes one document. What looks like data and is not
 * understood is refused, never taught as prose. A bad part is named by its line and the rest goes in; of a JSON text
 * that is broken nothing does.
 */
public final class KnowledgeFile {
    private static final Set<String> SCENARIO = Set.of("language", "documents", "facts", "unknowable", "update");

    private final String name;
    private final Gathering gathering = new Gathering();

    private KnowledgeFile(String name) {
        this.name = name;
    }

    /**
     * Reads a file's bytes.
     *
     * @param name the file as the reader calls it; {@code -} for standard input
     * @param uri recorded as the source of a plain text; may be empty
     */
    public static Reading read(String name, String uri, byte[] bytes) {
        var file = new KnowledgeFile(name);
        try {
            file.read(uri, PlainBytes.of(bytes));
        } catch (NotJsonException e) {
            file.gathering.refuse(name + ":" + e.line(), e.getMessage());
        } catch (IllegalArgumentException e) {
            file.gathering.refuse(name, e.getMessage());
        }
        return file.gathering.end();
    }

    private void read(String uri, byte[] bytes) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean lines = lower.endsWith(".jsonl") || lower.endsWith(".ndjson");
        Optional<String> text = PlainBytes.decode(bytes, 0, bytes.length);
        if (text.isEmpty()) {
            if (!lines && (bytes.length == 0 || bytes[0] != '{')) {
                throw PlainBytes.notText("its bytes are of another encoding");
            }
            lines(bytes);
        } else if (lower.endsWith(".csv") || lower.endsWith(".tsv")) {
            PlainBytes.requireNoControls(text.get());
            FactTable.read(name, text.get(), gathering);
        } else if (lines || lower.endsWith(".json") || DataLook.isJson(text.get())) {
            json(text.get(), bytes, lines);
        } else {
            PlainBytes.requireNoControls(text.get());
            prose(uri, text.get());
        }
    }

    private void prose(String uri, String text) {
        if (FactTable.hasHeader(text)) {
            FactTable.read(name, text, gathering);
            return;
        }
        DataLook.problem(text).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        gathering.part(
                name,
                part -> part.tell(Lesson.of(
                        Document.newBuilder().setText(text).setUri(uri).build())));
    }

    private void json(String text, byte[] bytes, boolean named) {
        boolean whole = FileJson.isJson(text);
        if (!whole && (named || DataLook.isLines(text))) {
            lines(bytes);
            return;
        }
        List<Located> values = FileJson.values(text);
        if (whole
                && values.size() == 1
                && values.getFirst().node().isObject()
                && !text.stripLeading().startsWith("[")) {
            object(text, values.getFirst());
        } else {
            values.forEach(this::record);
        }
    }

    private void object(String text, Located object) {
        JsonNode node = object.node();
        if (node.has("facts") || node.has("documents")) {
            scenario(text, object);
        } else if (node.path("data").isArray() && !node.has("specversion")) {
            others(object, Set.of("data", "version"));
            FileJson.elements(text, "data").forEach(this::article);
        } else {
            record(object);
        }
    }

    private void record(Located value) {
        gathering.part(name + ":" + value.line(), part -> LessonLine.read(value.node(), part));
    }

    private void scenario(String text, Located object) {
        String language = object.node().path("language").asText("");
        others(object, SCENARIO);
        for (String key : List.of("facts", "documents")) {
            JsonNode list = object.node().path(key);
            if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
                gathering.refuse(name + ":" + object.line(), "`%s` is no array".formatted(key));
            }
        }
        FileJson.elements(text, "documents")
                .forEach(value -> gathering.part(
                        name + ":" + value.line(), part -> LessonLine.document(value.node(), language, true, part)));
        FileJson.elements(text, "facts")
                .forEach(value -> gathering.part(
                        name + ":" + value.line(), part -> LessonLine.fact(value.node(), language, part)));
    }

    /** An article of SQuAD: each paragraph is a document, each question that has an answer a fact. */
    private void article(Located article) {
        if (!article.node().has("paragraphs")) {
            record(article);
            return;
        }
        String place = name + ":" + article.line();
        for (JsonNode paragraph : article.node().path("paragraphs")) {
            gathering.part(
                    place,
                    part -> part.tell(Lesson.of(Document.newBuilder()
                            .setText(paragraph.path("context").asText())
                            .setTitle(article.node().path("title").asText())
                            .build())));
            for (JsonNode question : paragraph.path("qas")) {
                gathering.part(place, part -> squad(question, part));
            }
        }
    }

    private static void squad(JsonNode question, Gathering.Part part) {
        String asked = question.path("question").asText();
        if (!question.isObject()) {
            throw new IllegalArgumentException("a question of SQuAD is an object");
        }
        if (question.path("is_impossible").asBoolean()) {
            part.remark("\"%.80s\" has no answer in its passage; not taught".formatted(asked));
            return;
        }
        LessonLine.requireAlone(asked);
        LessonLine.fact(((ObjectNode) question).deepCopy().<ObjectNode>without("plausible_answers"), "", part);
    }

    private void others(Located object, Set<String> heard) {
        gathering.part(name + ":" + object.line(), part -> object.node().properties().stream()
                .filter(setting -> !heard.contains(setting.getKey()))
                .forEach(setting -> part.notHeard(setting.getKey(), setting.getValue())));
    }

    /** Split as bytes, so that one line in another encoding spoils itself alone. */
    private void lines(byte[] bytes) {
        int start = 0;
        for (int number = 1; start < bytes.length; number++) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            int from = start;
            int length = end - start;
            gathering.part(name + ":" + number, part -> line(bytes, from, length, part));
            start = end + 1;
        }
    }

    private static void line(byte[] bytes, int from, int length, Gathering.Part part) {
        String line = PlainBytes.decode(bytes, from, length)
                .orElseThrow(() -> PlainBytes.notText("its bytes are of another encoding"));
        // Marked files that were put behind one another have marks inside.
        String json = line.startsWith("\uFEFF") ? line.substring(1) : line;
        if (!json.isBlank()) {
            LessonLine.read(FileJson.read(json), part);
        }
    }
}
