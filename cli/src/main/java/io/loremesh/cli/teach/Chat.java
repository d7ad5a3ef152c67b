package io.loremesh.cli.teach;

import com.fasterxml.jackson.databind.JsonNode;
import io.loremesh.proto.knowledge.v1.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A conversation, as OpenAI ({@code role}, {@code content}) and ShareGPT ({@code from}, {@code value}) write it. Every
 * question of the user that the assistant's next message answers is a fact of its own. Whatever is left out is remarked
 * on; where it is in doubt what answers what, the whole conversation is refused.
 */
final class Chat {
    private static final Map<String, Speaker> SPEAKERS = Map.of(
            "user", Speaker.USER,
            "human", Speaker.USER,
            "assistant", Speaker.ASSISTANT,
            "gpt", Speaker.ASSISTANT,
            "chatgpt", Speaker.ASSISTANT,
            "model", Speaker.ASSISTANT,
            "system", Speaker.SYSTEM,
            "developer", Speaker.SYSTEM);
    private static final Set<String> HEARD = Set.of("role", "from", "content", "value", "weight");
    private static final Set<String> CALLS = Set.of("tool_calls", "function_call", "refusal", "audio", "tool_call_id");

    private enum Speaker {
        USER,
        ASSISTANT,
        SYSTEM
    }

    private record Turn(int number, Speaker speaker, String text, boolean weighed) {}

    private Chat() {}

    /** @throws IllegalArgumentException saying which message cannot be taught, and why */
    static void read(JsonNode messages, Gathering.Part part) {
        List<Turn> turns = turns(messages, part);
        Turn asked = null;
        int questions = 0;
        for (Turn turn : turns) {
            switch (turn.speaker()) {
                case SYSTEM ->
                    part.remark("message %d, the system's, is not heard: a fact holds whoever asks"
                            .formatted(turn.number()));
                case USER -> {
                    if (asked != null) {
                        throw new IllegalArgumentException(
                                "messages %d and %d are both the user's: which of them is answered cannot be told"
                                        .formatted(asked.number(), turn.number()));
                    }
                    asked = turn;
                    questions++;
                }
                case ASSISTANT -> {
                    if (asked == null && questions > 0) {
                        throw new IllegalArgumentException(
                                "messages %d and %d are both the assistant's: which of them answers cannot be told"
                                        .formatted(turn.number() - 1, turn.number()));
                    }
                    if (asked == null) {
                        part.remark(
                                "message %d, the assistant's, answers no question; left out".formatted(turn.number()));
                    } else {
                        pair(asked, turn, questions, part);
                    }
                    asked = null;
                }
            }
        }
        if (questions == 0) {
            throw new IllegalArgumentException("the conversation holds no question of the user");
        }
        if (asked != null) {
            part.leaveOut("message %d, \"%.80s\", is not answered; left out".formatted(asked.number(), asked.text()));
        }
    }

    private static void pair(Turn asked, Turn answer, int question, Gathering.Part part) {
        if (!answer.weighed()) {
            part.remark("message %d has weight 0; not taught".formatted(answer.number()));
            return;
        }
        if (question > 1) {
            Optional<String> leaning = LeaningQuestion.word(asked.text());
            if (leaning.isPresent()) {
                part.leaveOut(
                        ("message %d, \"%.80s\", leans on the messages before it (\"%s\"), and a fact's question stands"
                                        + " alone; left out: write out what is meant")
                                .formatted(asked.number(), asked.text(), leaning.get()));
                return;
            }
            part.remark("message %d is taught as a question of its own, without the messages before it"
                    .formatted(asked.number()));
        }
        part.tell(Lesson.of(Fact.newBuilder()
                .setQuestion(asked.text())
                .setAnswer(answer.text())
                .build()));
    }

    private static List<Turn> turns(JsonNode messages, Gathering.Part part) {
        if (!messages.isArray() || messages.isEmpty()) {
            throw new IllegalArgumentException("a conversation is an array of messages");
        }
        var turns = new ArrayList<Turn>();
        for (JsonNode message : messages) {
            turns.add(turn(turns.size() + 1, message, part));
        }
        return turns;
    }

    private static Turn turn(int number, JsonNode message, Gathering.Part part) {
        if (!message.isObject()) {
            throw new IllegalArgumentException("message %d is no object".formatted(number));
        }
        String role = one(message, number, "role", "from").asText();
        Speaker speaker = SPEAKERS.get(role);
        if (speaker == null) {
            throw new IllegalArgumentException(
                    "message %d has the role \"%.40s\", which is not taught: system, user and assistant are"
                            .formatted(number, role));
        }
        message.properties().forEach(setting -> {
            String key = setting.getKey();
            JsonNode value = setting.getValue();
            if (CALLS.contains(key) && !value.isNull() && !(value.isContainerNode() && value.isEmpty())) {
                throw new IllegalArgumentException("message %d has `%s`, which is not taught".formatted(number, key));
            }
            if (!HEARD.contains(key)) {
                part.notHeard("messages[]." + key, value);
            }
        });
        return new Turn(
                number, speaker, content(one(message, number, "content", "value"), number), weighed(message, number));
    }

    private static JsonNode one(JsonNode message, int number, String name, String otherName) {
        if (message.has(name) == message.has(otherName)) {
            throw new IllegalArgumentException("message %d has %s `%s` %s `%s`; it needs one of them"
                    .formatted(
                            number,
                            message.has(name) ? "both" : "neither",
                            name,
                            message.has(name) ? "and" : "nor",
                            otherName));
        }
        return message.has(name) ? message.get(name) : message.get(otherName);
    }

    private static String content(JsonNode content, int number) {
        if (!content.isArray()) {
            return RecordText.scalar(content)
                    .orElseThrow(() -> new IllegalArgumentException("message %d has no text".formatted(number)));
        }
        var text = new StringBuilder();
        for (JsonNode piece : content) {
            String type = piece.path("type").asText();
            if (!type.equals("text") || !piece.path("text").isTextual()) {
                throw new IllegalArgumentException(
                        "message %d has a part of type \"%.40s\"; text alone is taught".formatted(number, type));
            }
            text.append(piece.get("text").textValue());
        }
        return text.toString();
    }

    /** OpenAI's {@code weight}: 0 keeps a message out of training, 1 is as good as none. */
    private static boolean weighed(JsonNode message, int number) {
        JsonNode weight = message.path("weight");
        if (weight.isMissingNode() || weight.isNull()) {
            return true;
        }
        if (!weight.isNumber() || weight.doubleValue() != 0 && weight.doubleValue() != 1) {
            throw new IllegalArgumentException("message %d has weight %s; 0 and 1 are known".formatted(number, weight));
        }
        return weight.doubleValue() != 0;
    }
}
