package io.loremesh.generator.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatCompletionRequestTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "n                 | 9",
                "n                 | 1.5",
                "temperature       | \"hot\"",
                "temperature       | 3",
                "top_p             | 0",
                "max_tokens        | 0",
                "max_tokens        | 99999999999",
                "logprobs          | true",
                "top_logprobs      | 2",
                "response_format   | {\"type\":\"json_object\"}",
                "tools             | [{\"type\":\"function\"}]",
                "tool_choice       | \"required\"",
                "modalities        | [\"text\",\"audio\"]",
                "audio             | {}",
                "store             | true",
                "stop              | [1]",
                "stop              | {}",
                "logit_bias        | {\"a\":1}",
                "stream            | \"yes\"",
                "stream_options    | {\"include_usage\":true}",
                "reasoning_effort  | \"high\"",
                "grammar           | \"x\""
            })
    void whatIsNotAppliedIsRefusedByItsName(String field, String value) {
        assertThatThrownBy(() -> asked("\"model\":\"demo\",\"%s\":%s".formatted(field, value)))
                .isInstanceOfSatisfying(OpenAiRefusal.class, refusal -> assertThat(refusal.param())
                        .isEqualTo(field))
                .hasMessageContaining("`" + field + "`");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {"n | 2", "stop | \"a\"", "temperature | 0.7", "top_p | 0.5", "logit_bias | {\"7\":1}"})
    void whatAVersionAppliesAndTheProductDoesNotTheProductRefuses(String field, String value) throws Exception {
        asked("\"model\":\"demo\",\"%s\":%s".formatted(field, value));

        assertThatThrownBy(() -> asked("\"%s\":%s".formatted(field, value)))
                .isInstanceOfSatisfying(OpenAiRefusal.class, refusal -> assertThat(refusal.param())
                        .isEqualTo(field))
                .hasMessageContaining("model loremesh");
    }

    @Test
    void whatChangesNothingIsTaken() throws Exception {
        var request = asked("""
            "n":1,"temperature":1,"top_p":1,"presence_penalty":0,"frequency_penalty":0,"logit_bias":{},"stop":null,
            "logprobs":false,"top_logprobs":0,"tools":[],"tool_choice":"auto","parallel_tool_calls":true,
            "response_format":{"type":"text"},"store":false,"user":"u","metadata":{"a":"b"},"seed":5,
            "modalities":["text"],"service_tier":"auto","audio":null,"max_completion_tokens":4096,"stream":true,
            "stream_options":{"include_usage":true}\
            """);

        assertThat(request.maxTokens()).isEqualTo(4096);
        assertThat(request.includeUsage()).isTrue();
        assertThat(request.sampling().seed()).isEqualTo(5);
    }

    @Test
    void textPartsAreJoinedAndDevelopersSpeakAsTheSystem() throws Exception {
        var request = ChatCompletionRequest.of(JSON.readTree("""
            {"messages":[{"role":"developer","content":"be brief"},
             {"role":"user","content":[{"type":"text","text":"who"},{"type":"text","text":"is it?"}]}]}\
            """));

        assertThat(request.messages().getFirst().isSystem()).isTrue();
        assertThat(request.messages().getLast().text()).isEqualTo("who\nis it?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:,\"}},{\"type\":\"text\",\"text\":\"who?\"}]",
                "[{\"type\":\"input_audio\"}]",
                "[\"who?\"]",
                "{\"text\":\"who?\"}",
                "7"
            })
    void contentThatIsNoTextIsRefused(String content) {
        assertThatThrownBy(() -> ChatCompletionRequest.of(
                        JSON.readTree("{\"messages\":[{\"role\":\"user\",\"content\":" + content + "}]}")))
                .isInstanceOfSatisfying(OpenAiRefusal.class, refusal -> assertThat(refusal.param())
                        .startsWith("messages[0].content"))
                .hasMessageMatching(".*(loremesh reads text|text parts).*");
    }

    private static ChatCompletionRequest asked(String fields) throws JsonProcessingException {
        return ChatCompletionRequest.of(
                JSON.readTree("{\"messages\":[{\"role\":\"user\",\"content\":\"who?\"}]," + fields + "}"));
    }
}
