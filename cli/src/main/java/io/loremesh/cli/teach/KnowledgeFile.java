package io.loremesh.cli.teach;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.loremesh.cli.teach.Reading.Refusal;
import io.loremesh.proto.knowledge.v1.Document;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads knowledge from a file: a scenario (one JSON object with {@code documents} or {@code facts}), JSON lines
 * ({@link LessonLine}), or a plain text, which becomes one document. A bad part is named and the rest goes in.
 */
public final class KnowledgeFile {
    private static final ObjectReader JSON =
            new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private KnowledgeFile() {}

    /**
     * Reads a file's bytes.
     *
     * @param name the file as the reader calls it; {@code -} for standard input
     * @param uri recorded as the source of a plain text; may be empty
     */
    public static Reading read(String name, String uri, byte[] bytes) {
        if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
            return lines(name, bytes);
        }
        Optional<String> text = decode(bytes, 0, bytes.length);
        if (text.isEmpty()) {
            return looksLikeJson(bytes) ? lines(name, bytes) : refused(name, "is not UTF-8; convert it first");
        }
        if (!looksLikeJson(bytes)) {
            return document(name, uri, text.get());
        }
        Optional<JsonNode> whole = wholeObject(text.get());
        boolean scenario =
                whole.isPresent() && (whole.get().has("facts") || whole.get().has("documents"));
        return scenario ? scenario(name, text.get()) : lines(name, bytes);
    }

    private static boolean looksLikeJson(byte[] bytes) {
        for (byte b : bytes) {
            if (!Character.isWhitespace(b)) {
                return b == '{';
            }
        }
        return false;
    }

    private static Optional<JsonNode> wholeObject(String text) {
        try {
            return Optional.of(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Reading scenario(String name, String text) {
        var lessons = new ArrayList<Lesson>();
        var refusals = new ArrayList<Refusal>();
        try {
            Scenario scenario = Scenario.parse(text);
            for (ScenarioDocument document : scenario.documents()) {
                take(name, lessons, refusals, () -> Lesson.of(document.toDocument(scenario.language())));
            }
            for (ScenarioFact fact : scenario.facts()) {
                take(name, lessons, refusals, () -> Lesson.of(fact.toFact(scenario.language())));
            }
        } catch (JsonProcessingException e) {
            refusals.add(new Refusal(name, e.getOriginalMessage()));
        }
        return new Reading(lessons, refusals);
    }

    /** Split as bytes, so that one line in another encoding spoils itself alone. */
    private static Reading lines(String name, byte[] bytes) {
        var lessons = new ArrayList<Lesson>();
        var refusals = new ArrayList<Refusal>();
        int start = 0;
        for (int number = 1; start < bytes.length; number++) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            String place = name + ":" + number;
            Optional<String> line = decode(bytes, start, end - start);
            if (line.isEmpty()) {
                refusals.add(new Refusal(place, "is not UTF-8"));
            } else if (!line.get().isBlank()) {
                take(place, lessons, refusals, () -> LessonLine.read(parse(line.get())));
            }
            start = end + 1;
        }
        return new Reading(lessons, refusals);
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Reading document(String name, String uri, String text) {
        var lessons = new ArrayList<Lesson>();
        var refusals = new ArrayList<Refusal>();
        var document = Document.newBuilder().setText(text).setUri(uri).build();
        take(name, lessons, refusals, () -> Lesson.of(document));
        return new Reading(lessons, refusals);
    }

    private static Reading refused(String name, String reason) {
        return new Reading(List.of(), List.of(new Refusal(name, reason)));
    }

    private static void take(String place, List<Lesson> lessons, List<Refusal> refusals, Supplier<Lesson> reader) {
        try {
            lessons.add(reader.get());
        } catch (IllegalArgumentException e) {
            refusals.add(new Refusal(place, e.getMessage()));
        }
    }

    private static Optional<String> decode(byte[] bytes, int offset, int length) {
        try {
            return Optional.of(UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes, offset, length))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
