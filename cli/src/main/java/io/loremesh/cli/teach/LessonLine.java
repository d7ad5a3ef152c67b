package io.loremesh.cli.teach;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.loremesh.events.EventType;
import io.loremesh.proto.knowledge.v1.Document;
import io.loremesh.proto.knowledge.v1.DocumentRetraction;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.FactRetraction;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One line of a JSONL file. Understood are CloudEvents in structured mode, {@code {"input","output"}} (with an optional
 * {@code "instruction"} before the input), OpenAI's {@code {"messages":[…]}}, {@code {"question","answer",…}} and
 * {@code {"text",…}}.
 */
final class LessonLine {
    private static final JsonFormat.Parser PARSER = JsonFormat.parser();
    private static final Map<EventType, Supplier<Message.Builder>> KNOWLEDGE = Map.of(
            EventType.FACT_RECORDED, Fact::newBuilder,
            EventType.FACT_RETRACTED, FactRetraction::newBuilder,
            EventType.DOCUMENT_RECORDED, Document::newBuilder,
            EventType.DOCUMENT_RETRACTED, DocumentRetraction::newBuilder);

    private LessonLine() {}

    /** @throws IllegalArgumentException saying what is wrong with the line */
    static Lesson read(JsonNode line) {
        if (!line.isObject()) {
            throw new IllegalArgumentException("a line holds one JSON object, not " + line.getNodeType());
        }
        if (line.has("specversion")) {
            return cloudEvent(line);
        }
        if (line.has("messages")) {
            return Lesson.of(chat(line.get("messages")));
        }
        if (line.has("output")) {
            String instruction = line.path("instruction").asText("");
            String input = text(line, "input");
            String question = instruction.isBlank() ? input : (instruction + "\n" + input).strip();
            return Lesson.of(Fact.newBuilder()
                    .setQuestion(question)
                    .setAnswer(text(line, "output"))
                    .build());
        }
        if (line.has("question")) {
            return Lesson.of(ScenarioFact.read(line).toFact(""));
        }
        if (line.has("text")) {
            return Lesson.of(merge(line, Document.newBuilder()).build());
        }
        throw new IllegalArgumentException("neither {\"input\",\"output\"}, {\"messages\"}, {\"question\",\"answer\"}, "
                + "{\"text\"} nor a CloudEvent");
    }

    private static Lesson cloudEvent(JsonNode event) {
        String typeName = text(event, "type");
        Supplier<Message.Builder> payload = EventType.of(typeName)
                .map(KNOWLEDGE::get)
                .orElseThrow(() -> new IllegalArgumentException(
                        "event type %s is not knowledge; teach takes facts and documents".formatted(typeName)));
        if (!event.path("data").isObject()) {
            throw new IllegalArgumentException("the CloudEvent has no `data` object");
        }
        EventType type = EventType.of(typeName).orElseThrow();
        return Lesson.of(type, merge(event.get("data"), payload.get()).build());
    }

    /** The last question of the user and the assistant's reply to it. */
    private static Fact chat(JsonNode messages) {
        String question = "";
        String answer = "";
        for (JsonNode message : messages) {
            switch (message.path("role").asText()) {
                case "user" -> question = text(message, "content");
                case "assistant" -> answer = text(message, "content");
                case "system" -> {}
                default ->
                    throw new IllegalArgumentException("role \"%s\" is not system, user or assistant"
                            .formatted(message.path("role").asText()));
            }
        }
        return Fact.newBuilder().setQuestion(question).setAnswer(answer).build();
    }

    private static <B extends Message.Builder> B merge(JsonNode json, B builder) {
        try {
            PARSER.merge(json.toString(), builder);
            return builder;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("`%s` is missing or not a text".formatted(field));
        }
        return value.asText();
    }
}
