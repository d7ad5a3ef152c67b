package io.loremesh.cli.teach;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.loremesh.events.Event;
import io.loremesh.events.EventCodec;
import io.loremesh.events.Topics;
import io.loremesh.events.UnreadableEventException;
import io.loremesh.proto.knowledge.v1.Document;
import io.loremesh.proto.knowledge.v1.Fact;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One record of a file: a CloudEvent in structured mode, a conversation ({@link Chat}), a question with its answer, or
 * {@code {"text",…}}. A question and its answer go by the names of the trade: {@code question}, {@code prompt}, {@code
 * query}, {@code instruction} (with {@code input} or {@code context}, which becomes part of the question) or {@code
 * input} alone; {@code answer}, {@code answers}, {@code output}, {@code response} or {@code completion}. A key that is
 * not heard is reported.
 */
final class LessonLine {
    private static final JsonFormat.Parser PARSER = JsonFormat.parser();
    private static final List<String> QUESTIONS = List.of("question", "prompt", "query", "instruction", "input");
    private static final List<String> ANSWERS = List.of("answer", "answers", "output", "response", "completion");
    private static final Map<String, String> LISTS = Map.of(
            "phrasings", "phrasings",
            "heldout", "heldoutPhrasings",
            "heldout_phrasings", "heldoutPhrasings",
            "heldoutPhrasings", "heldoutPhrasings",
            "aliases", "aliases",
            "distractors", "distractors",
            "neighbours", "neighbours");
    /** Further fields of a fact, as its JSON writes them. */
    private static final Set<String> FIELDS = Set.of(
            "name", "language", "subject", "relation", "valid_from", "validFrom", "valid_to", "validTo", "supersedes");
    /** Keys that make of a record something else than what is asked and answered. */
    private static final Map<String, String> MEANING_MORE = Map.of(
            "history", "the turns before the question are not taught",
            "chosen", "a preference is no fact",
            "rejected", "a preference is no fact",
            "tools", "calls of tools are not taught",
            "functions", "calls of tools are not taught",
            "is_impossible", "what cannot be answered is no fact");

    private static final Set<String> DOCUMENT =
            Set.of("name", "text", "title", "uri", "language", "update_time", "updateTime", "credibility");

    private LessonLine() {}

    /** @throws IllegalArgumentException saying what is wrong with the record */
    static void read(JsonNode line, Gathering.Part part) {
        if (!line.isObject()) {
            throw new IllegalArgumentException("a record is one JSON object, not " + line.getNodeType());
        }
        boolean asks = Stream.concat(QUESTIONS.stream(), ANSWERS.stream()).anyMatch(line::has);
        if (line.has("specversion")) {
            part.tell(cloudEvent(line));
        } else if (line.has("messages") || line.has("conversations")) {
            conversation(line, part);
        } else if (line.path("prompt").isArray() && line.path("completion").isArray()) {
            var messages = JsonNodeFactory.instance.arrayNode();
            line.get("prompt").forEach(messages::add);
            line.get("completion").forEach(messages::add);
            heedOthers(line, Set.of("prompt", "completion", "id"), part);
            Chat.read(messages, part);
        } else if (asks) {
            fact(line, "", part);
        } else if (line.has("text")) {
            document(line, "", false, part);
        } else {
            throw new IllegalArgumentException(
                    "neither a question with its answer, {\"messages\"}, {\"conversations\"}, {\"text\"} nor a "
                            + "CloudEvent");
        }
    }

    private static void conversation(JsonNode line, Gathering.Part part) {
        if (line.has("messages") && line.has("conversations")) {
            throw new IllegalArgumentException("has both `messages` and `conversations`; keep one");
        }
        heedOthers(line, Set.of("messages", "conversations", "id"), part);
        Chat.read(line.has("messages") ? line.get("messages") : line.get("conversations"), part);
    }

    /**
     * A question with its answer.
     *
     * @param language BCP 47; empty: the record's own, or it is detected
     */
    static void fact(JsonNode line, String language, Gathering.Part part) {
        if (!line.isObject()) {
            throw new IllegalArgumentException("a fact is an object with `question` and `answer`");
        }
        String questionKey = questionKey(line);
        String answerKey = only(line, ANSWERS, "answer");
        Optional<String> contextKey = Stream.of("input", "context")
                .filter(key -> !key.equals(questionKey) && line.has(key))
                .findFirst();
        List<String> answers = RecordText.all(answerKey, line.get(answerKey));
        ObjectNode fact = JsonNodeFactory.instance.objectNode();
        line.properties().forEach(setting -> {
            String key = setting.getKey();
            if (LISTS.containsKey(key)) {
                RecordText.all(key, setting.getValue()).forEach(fact.withArray("/" + LISTS.get(key))::add);
            } else if (FIELDS.contains(key)) {
                fact.set(key, setting.getValue());
            } else if (key.equals("source") && setting.getValue().isObject()) {
                fact.set(key, setting.getValue());
            }
        });
        answers.stream().skip(1).forEach(fact.withArray("/aliases")::add);
        heedOthers(line, heardOfFact(questionKey, answerKey, contextKey), part);
        Fact.Builder read = merge(fact, Fact.newBuilder());
        String question = text(line, questionKey);
        String context = contextKey.map(key -> text(line, key)).orElse("");
        if (context.isBlank()) {
            read.setQuestion(question);
        } else if (contextKey.get().equals("context") && questionKey.equals("question")) {
            inPassage(question, context, language, part);
            read.setQuestion(question);
        } else {
            read.setQuestion((question + "\n" + context).strip());
        }
        read.setAnswer(answers.isEmpty() ? "" : answers.getFirst());
        if (read.getLanguage().isEmpty()) {
            read.setLanguage(language);
        }
        part.tell(Lesson.of(read.build()));
    }

    /**
     * A question about a passage, as SQuAD has it: the passage is a document, and the question stands alone or not at
     * all.
     */
    private static void inPassage(String question, String passage, String language, Gathering.Part part) {
        requireAlone(question);
        part.tell(Lesson.of(
                Document.newBuilder().setText(passage).setLanguage(language).build()));
    }

    /** @throws IllegalArgumentException if a question about a passage means nothing without it */
    static void requireAlone(String question) {
        LeaningQuestion.word(question).ifPresent(word -> {
            throw new IllegalArgumentException(
                    ("\"%.80s\" leans on its passage (\"%s\"), and a fact's question stands alone: write out "
                                    + "what is meant")
                            .formatted(question, word));
        });
    }

    private static Set<String> heardOfFact(String question, String answer, Optional<String> context) {
        return Stream.of(Stream.of(question, answer, "id"), context.stream(), LISTS.keySet().stream(), FIELDS.stream())
                .flatMap(keys -> keys)
                .collect(Collectors.toSet());
    }

    private static String questionKey(JsonNode line) {
        List<String> present = QUESTIONS.stream()
                .filter(key -> !key.equals("input") && line.has(key))
                .toList();
        if (present.size() > 1) {
            throw new IllegalArgumentException(
                    "has both `%s` and `%s`; keep the one that is asked".formatted(present.get(0), present.get(1)));
        }
        boolean blank = present.isEmpty() || text(line, present.getFirst()).isBlank();
        if (blank && line.has("input")) {
            return "input";
        }
        if (present.isEmpty()) {
            throw new IllegalArgumentException("has no question; set `question`");
        }
        return present.getFirst();
    }

    private static String only(JsonNode line, List<String> keys, String what) {
        List<String> present = keys.stream().filter(line::has).toList();
        if (present.isEmpty()) {
            throw new IllegalArgumentException("has no %s; set `%s`".formatted(what, what));
        }
        if (present.size() > 1) {
            throw new IllegalArgumentException(
                    "has both `%s` and `%s`; keep one".formatted(present.get(0), present.get(1)));
        }
        return present.getFirst();
    }

    /** The text of a key; empty where it is absent or null. */
    private static String text(JsonNode line, String key) {
        JsonNode value = line.path(key);
        if (value.isNull() || value.isMissingNode()) {
            return "";
        }
        return RecordText.scalar(value)
                .orElseThrow(() -> new IllegalArgumentException("`%s` is not a text".formatted(key)));
    }

    /**
     * A document: {@code {"text",…}}, or a text alone.
     *
     * @param named whether {@code id} names it, as in a file that is one whole; ids of two data sets would meet
     */
    static void document(JsonNode line, String language, boolean named, Gathering.Part part) {
        if (line.isTextual()) {
            part.tell(Lesson.of(Document.newBuilder()
                    .setText(line.textValue())
                    .setLanguage(language)
                    .build()));
            return;
        }
        if (!line.isObject()) {
            throw new IllegalArgumentException("a document is a text, or an object with `text`");
        }
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        line.properties().stream()
                .filter(setting -> DOCUMENT.contains(setting.getKey()))
                .forEach(setting -> fields.set(setting.getKey(), setting.getValue()));
        boolean id = named && line.hasNonNull("id");
        if (id) {
            fields.put("name", "documents/" + text(line, "id"));
        }
        heedOthers(
                line,
                id ? Stream.concat(DOCUMENT.stream(), Stream.of("id")).collect(Collectors.toSet()) : DOCUMENT,
                part);
        Document.Builder read = merge(fields, Document.newBuilder());
        if (read.getLanguage().isEmpty()) {
            read.setLanguage(language);
        }
        part.tell(Lesson.of(read.build()));
    }

    private static void heedOthers(JsonNode line, Set<String> heard, Gathering.Part part) {
        line.properties().forEach(setting -> {
            String key = setting.getKey();
            JsonNode value = setting.getValue();
            boolean neutral = value.isNull()
                    || value.isContainerNode() && value.isEmpty()
                    || value.isBoolean() && !value.booleanValue()
                    || value.isTextual() && value.textValue().isBlank();
            if (MEANING_MORE.containsKey(key) && !neutral) {
                throw new IllegalArgumentException("has `%s`: %s".formatted(key, MEANING_MORE.get(key)));
            }
            boolean sourceOfFact = key.equals("source") && value.isObject();
            if (!heard.contains(key) && !MEANING_MORE.containsKey(key) && !sourceOfFact) {
                part.notHeard(key, value);
            }
        });
    }

    private static Lesson cloudEvent(JsonNode event) {
        var message = new ConsumerRecord<>(
                Topics.KNOWLEDGE, 0, 0, "", event.toString().getBytes(UTF_8));
        message.headers().add("content-type", "application/cloudevents+json".getBytes(UTF_8));
        try {
            Event read = EventCodec.read(message);
            if (event.has("data")) {
                // A consumer ignores what a newer producer says beside; a person is told that nobody hears it.
                merge(event.get("data"), read.payload().newBuilderForType());
            }
            return Lesson.of(read);
        } catch (UnreadableEventException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static <B extends Message.Builder> B merge(JsonNode json, B builder) {
        try {
            PARSER.merge(json.toString(), builder);
            return builder;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
