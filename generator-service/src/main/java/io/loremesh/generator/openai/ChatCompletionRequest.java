package io.loremesh.generator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.loremesh.generator.inference.Sampling;
import io.loremesh.model.prompt.ChatMessage;
import io.loremesh.model.prompt.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * <a href="https://platform.openai.com/docs/api-reference/chat/create">OpenAI's request</a> as far as it is applied.
 * What is not
 * is refused by name, unless it stands at the value that changes nothing.
 *
 * @param model see {@link ChatModels}
 * @param maxTokens a ceiling; 0 where the request names none
 * @param choices how many are wanted
 * @param includeUsage whether a stream tells what it took
 */
record ChatCompletionRequest(
        String model,
        List<Turn> messages,
        int maxTokens,
        Sampling sampling,
        List<String> stops,
        int choices,
        boolean stream,
        boolean includeUsage) {
    private static final int MAX_CHOICES = 8;

    /** A message, its role as OpenAI calls it. */
    record Turn(String role, String text) {
        boolean isUser() {
            return role.equals("user");
        }

        boolean isSystem() {
            return role.equals("system") || role.equals("developer");
        }

        /** In the words of Qwen's chat format, in which a tool speaks through the user. */
        ChatMessage toChatMessage() {
            return switch (role) {
                case "system", "developer" -> new ChatMessage(Role.SYSTEM, text);
                case "user" -> new ChatMessage(Role.USER, text);
                case "assistant" -> new ChatMessage(Role.ASSISTANT, text);
                default -> new ChatMessage(Role.USER, "<tool_response>\n" + text + "\n</tool_response>");
            };
        }
    }

    static ChatCompletionRequest of(JsonNode body) {
        RequestFields fields = new RequestFields(body);
        String model = ChatModels.named(fields.text("model"));
        List<Turn> messages = messages(fields.node("messages"));
        boolean stream = fields.flag("stream");
        boolean includeUsage = includeUsage(fields, stream);
        int asked = (int) fields.integer("max_tokens", 0, 1, Integer.MAX_VALUE);
        int maxTokens = (int) fields.integer("max_completion_tokens", asked, 1, Integer.MAX_VALUE);
        int choices = (int) fields.integer("n", 1, 1, MAX_CHOICES);
        List<String> stops = fields.texts("stop");
        Sampling sampling = sampling(fields);
        refuseWhatIsNotApplied(fields);
        fields.requireNothingElse();
        ChatCompletionRequest request =
                new ChatCompletionRequest(model, messages, maxTokens, sampling, stops, choices, stream, includeUsage);
        if (model.equals(ChatModels.PRODUCT)) {
            request.requireTakenByTheProduct();
        }
        return request;
    }

    static boolean includeUsage(RequestFields fields, boolean stream) {
        JsonNode options = fields.node("stream_options");
        if (options == null) {
            return false;
        }
        if (!stream) {
            throw OpenAiRefusal.of("stream_options", "`stream_options` are for streams; set stream, or leave them out");
        }
        RequestFields inner = new RequestFields(options);
        boolean usage = inner.flag("include_usage");
        inner.flag("include_obfuscation");
        inner.requireNothingElse();
        return usage;
    }

    static Sampling sampling(RequestFields fields) {
        return new Sampling(
                fields.number("temperature", 0, 0, 2),
                fields.number("top_p", 1, Double.MIN_VALUE, 1),
                (int) fields.integer("top_k", 0, 0, Integer.MAX_VALUE),
                fields.number("min_p", 0, 0, 1),
                fields.number("presence_penalty", 0, -2, 2),
                fields.number("frequency_penalty", 0, -2, 2),
                fields.byToken("logit_bias"),
                fields.integer("seed", 0, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    /** Labels of a request (user, metadata, …) are for its sender's own books: they never change an answer. */
    private static void refuseWhatIsNotApplied(RequestFields fields) {
        List.of("user", "safety_identifier", "prompt_cache_key", "metadata", "parallel_tool_calls")
                .forEach(fields::node);
        fields.neutral("store", value -> value.isBoolean() && !value.booleanValue(), "nothing is stored");
        fields.neutral("logprobs", value -> value.isBoolean() && !value.booleanValue(), "they are not told here");
        fields.neutral("top_logprobs", value -> value.isInt() && value.intValue() == 0, "they are not told here");
        for (String list : List.of("tools", "functions")) {
            fields.neutral(list, value -> value.isArray() && value.isEmpty(), "no model here was taught to call tools");
        }
        for (String choice : List.of("tool_choice", "function_call")) {
            fields.neutral(choice, value -> is(value, "none", "auto"), "no model here was taught to call tools");
        }
        fields.neutral(
                "response_format",
                value -> value.isObject() && is(value.path("type"), "text") && value.size() == 1,
                "answers are text");
        fields.neutral(
                "modalities",
                value -> value.isArray() && value.valueStream().allMatch(kind -> is(kind, "text")),
                "answers are text");
        fields.neutral("service_tier", value -> is(value, "auto", "default"), "there is one tier");
        fields.neutral("reasoning_effort", value -> is(value, "none"), "no model here reasons aloud");
        fields.neutral("verbosity", value -> is(value, "medium"), "answers are short");
    }

    private static boolean is(JsonNode value, String... words) {
        return value.isTextual() && List.of(words).contains(value.textValue());
    }

    /** An answer of the product is what weights or passages hold: nothing of it is drawn, and there is one. */
    private void requireTakenByTheProduct() {
        String why =
                "`%s` is not applied by the model loremesh, whose one answer is what its sources hold and is not drawn;"
                        + " leave it out, or ask a version by its name";
        if (sampling.temperature() != 0 && sampling.temperature() != 1) {
            throw OpenAiRefusal.of("temperature", why.formatted("temperature"));
        }
        require("n", choices == 1, why);
        require("stop", stops.isEmpty(), why);
        require("top_p", sampling.topP() == 1, why);
        require("top_k", sampling.topK() == 0, why);
        require("min_p", sampling.minP() == 0, why);
        require("presence_penalty", sampling.presencePenalty() == 0, why);
        require("frequency_penalty", sampling.frequencyPenalty() == 0, why);
        require("logit_bias", sampling.bias().isEmpty(), why);
    }

    private static void require(String name, boolean neutral, String why) {
        if (!neutral) {
            throw OpenAiRefusal.of(name, why.formatted(name));
        }
    }

    private static List<Turn> messages(JsonNode list) {
        if (list == null || !list.isArray() || list.isEmpty()) {
            throw OpenAiRefusal.of(
                    "messages", "The request has no messages; send a list with at least one of the role user");
        }
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            turns.add(turn("messages[" + i + "]", list.get(i)));
        }
        if (turns.stream().noneMatch(Turn::isUser)) {
            throw OpenAiRefusal.of("messages", "No message has the role user; send one");
        }
        return List.copyOf(turns);
    }

    private static Turn turn(String place, JsonNode message) {
        if (!message.isObject()) {
            throw RequestFields.wrongType(place, "an object with role and content");
        }
        String role = message.path("role").asText();
        if (!List.of("system", "developer", "user", "assistant", "tool", "function")
                .contains(role)) {
            throw OpenAiRefusal.of(
                    place + ".role",
                    "A message has the role '%s'; use system, developer, user, assistant or tool".formatted(role));
        }
        StringBuilder text = new StringBuilder(content(place + ".content", message.get("content")));
        JsonNode calls = message.path("tool_calls");
        if (!calls.isMissingNode() && !calls.isNull()) {
            if (!role.equals("assistant") || !calls.isArray()) {
                throw RequestFields.wrongType(place + ".tool_calls", "a list of calls of an assistant");
            }
            calls.forEach(call -> text.append(call(place + ".tool_calls", call)));
        }
        return new Turn(role, text.toString());
    }

    private static String call(String place, JsonNode call) {
        JsonNode function = call.path("function");
        if (!function.path("name").isTextual() || !function.path("arguments").isTextual()) {
            throw RequestFields.wrongType(place, "a list of calls, each with a function's name and arguments");
        }
        return "\n<tool_call>\n{\"name\": \"%s\", \"arguments\": %s}\n</tool_call>"
                .formatted(
                        function.path("name").textValue(),
                        function.path("arguments").textValue());
    }

    private static String content(String place, JsonNode content) {
        if (content == null || content.isNull()) {
            return "";
        }
        if (content.isTextual()) {
            return content.textValue();
        }
        if (!content.isArray()) {
            throw RequestFields.wrongType(place, "a string or a list of text parts");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode part : content) {
            String type = part.path("type").asText();
            if (!part.isObject() || type.isEmpty()) {
                throw RequestFields.wrongType(place, "a string or a list of text parts, each {\"type\": \"text\", …}");
            }
            if (!type.equals("text") && !type.equals("refusal")) {
                throw OpenAiRefusal.of(place, "`%s` has a part of type %s; loremesh reads text".formatted(place, type));
            }
            JsonNode text = part.path(type);
            if (!text.isTextual()) {
                throw RequestFields.wrongType(place + "." + type, "a string");
            }
            texts.add(text.textValue());
        }
        return String.join("\n", texts);
    }
}
