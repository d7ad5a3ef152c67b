package io.loremesh.generator.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loremesh.generator.TinyMesh;
import io.loremesh.generator.chat.KnowledgeAssistant;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@QuarkusTestResource(TinyMesh.class)
@Timeout(60)
class ChatCompletionsResourceIT {
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    @TestHTTPResource
    URL address;

    @Inject
    KnowledgeAssistant assistant;

    @Test
    void aChatIsAnsweredAsJsonWithItsPath() throws Exception {
        HttpResponse<String> response = post("""
            {"messages":[{"role":"user","content":"木器店的老板是谁？"}]}\
            """);

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode body = json.readTree(response.body());
        assertThat(body.path("object").asText()).isEqualTo("chat.completion");
        assertThat(body.at("/choices/0/message/content").asText()).isEqualTo("不知道");
        assertThat(body.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(body.at("/loremesh/path").asText()).isEqualTo("ABSTAINED");
    }

    @Test
    void aStreamedChatIsTheSameTextInChunksAndEndsWithDone() throws Exception {
        HttpResponse<String> unstreamed = post("""
            {"model":"models/demo","max_tokens":9,"messages":[{"role":"user","content":"who?"}]}\
            """);
        String whole = json.readTree(unstreamed.body())
                .at("/choices/0/message/content")
                .asText();

        HttpResponse<String> response = post("""
            {"model":"models/demo","max_tokens":9,"stream":true,"messages":[{"role":"user","content":"who?"}]}\
            """);

        assertThat(response.headers().firstValue("content-type").orElse("")).startsWith("text/event-stream");
        List<String> events = response.body()
                .lines()
                .filter(line -> !line.isEmpty())
                .map(line -> line.substring("data: ".length()))
                .toList();
        assertThat(events.getLast()).isEqualTo("[DONE]");
        StringBuilder text = new StringBuilder();
        for (String event : events.subList(0, events.size() - 1)) {
            text.append(json.readTree(event).at("/choices/0/delta/content").asText(""));
        }
        assertThat(text).hasToString(whole);
    }

    @Test
    void failuresHaveOpenAisShape() throws Exception {
        HttpResponse<String> unknown = post("""
            {"model":"models/other","messages":[{"role":"user","content":"who?"}]}\
            """);
        HttpResponse<String> empty = post("""
            {"messages":[]}\
            """);

        HttpResponse<String> streamed = post("""
            {"model":"models/other","stream":true,"messages":[{"role":"user","content":"who?"}]}\
            """);

        assertThat(streamed.statusCode()).isEqualTo(404);
        assertThat(streamed.headers().firstValue("content-type").orElse("")).startsWith("application/json");
        assertThat(message(streamed)).contains("models/other");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(json.readTree(unknown.body()).at("/error/message").asText()).contains("models/other");
        assertThat(empty.statusCode()).isEqualTo(400);
        assertThat(json.readTree(empty.body()).at("/error/type").asText()).isEqualTo("invalid_request_error");
    }

    @Test
    void aBodyThatIsNoRequestIsTheClientsFaultAndSaysWhatIsWrong() throws Exception {
        HttpResponse<String> torn = post("{bad");
        HttpResponse<String> list = post("[]");
        HttpResponse<String> hot = post("""
            {"temperature":"hot","messages":[{"role":"user","content":"who?"}]}\
            """);

        assertThat(List.of(torn.statusCode(), list.statusCode(), hot.statusCode()))
                .containsOnly(400);
        assertThat(message(torn)).startsWith("The body is not JSON");
        assertThat(message(list)).startsWith("The body is not a JSON object");
        assertThat(message(hot)).startsWith("`temperature`");
    }

    private String message(HttpResponse<String> failed) throws IOException {
        return json.readTree(failed.body()).at("/error/message").asText();
    }

    @Test
    void everyListedModelAndTheBareIdAnswer() throws Exception {
        List<String> ids = new ArrayList<>(json.readTree(get("/v1/models")).findValuesAsText("id"));
        ids.add("demo");

        assertThat(ids).contains("loremesh", "models/demo");
        for (String id : ids) {
            String body = """
                {"model":"%s","max_tokens":2,"messages":[{"role":"user","content":"who?"}]}\
                """.formatted(id);
            assertThat(post(body).statusCode()).as(id).isEqualTo(200);
        }
    }

    @Test
    void aPathThatIsNotServedIsAnsweredInOpenAisShape() throws Exception {
        HttpResponse<String> unknown = request("/v1/audio/speech");
        HttpResponse<String> misused = request("/v1/chat/completions");

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(message(unknown)).contains("/v1/audio/speech");
        assertThat(misused.statusCode()).isEqualTo(405);
        assertThat(message(misused)).contains("POST /v1/chat/completions");
    }

    @Test
    void aModelIsToldByItsIdAndAnUnknownOneAsOpenAiTellsIt() throws Exception {
        JsonNode listed = json.readTree(get("/v1/models")).at("/data/0");
        JsonNode base = json.readTree(get("/v1/models/models%2Fdemo"));
        HttpResponse<String> unknown = post("""
            {"model":"gpt-4o","messages":[{"role":"user","content":"who?"}]}\
            """);

        assertThat(listed.path("created").asLong()).isPositive();
        assertThat(json.readTree(get("/v1/models/loremesh"))).isEqualTo(listed);
        assertThat(base.path("id").asText()).isEqualTo("models/demo");
        assertThat(request("/v1/models/gpt-4o").statusCode()).isEqualTo(404);
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(json.readTree(unknown.body()).at("/error/code").asText()).isEqualTo("model_not_found");
        assertThat(json.readTree(unknown.body()).at("/error/param").asText()).isEqualTo("model");
    }

    @Test
    void aStreamTellsTheRoleOnceAndItsUsageWhereItIsAskedFor() throws Exception {
        List<JsonNode> plain = chunks("""
            {"model":"demo","max_tokens":5,"stream":true,"messages":[{"role":"user","content":"who?"}]}\
            """);
        List<JsonNode> counted = chunks("""
            {"model":"demo","max_tokens":5,"stream":true,"stream_options":{"include_usage":true},
             "messages":[{"role":"user","content":"who?"}]}\
            """);

        assertThat(plain)
                .filteredOn(chunk -> chunk.at("/choices/0/delta/role").isTextual())
                .hasSize(1);
        assertThat(plain.getFirst().at("/choices/0/delta/role").asText()).isEqualTo("assistant");
        assertThat(plain).noneMatch(chunk -> chunk.has("usage"));
        assertThat(plain.getLast().at("/choices/0/finish_reason").asText()).isEqualTo("length");
        assertThat(counted.getLast().path("choices")).isEmpty();
        assertThat(counted.getLast().at("/usage/completion_tokens").asInt()).isEqualTo(5);
    }

    @Test
    void choicesAreDrawnApartAndASeedDrawsTheSame() throws Exception {
        String body = """
            {"model":"demo","max_tokens":8,"n":2,"temperature":1,"top_p":0.9,"seed":7,
             "messages":[{"role":"user","content":"who?"}]}\
            """;

        JsonNode first = json.readTree(post(body).body()).path("choices");
        JsonNode second = json.readTree(post(body).body()).path("choices");

        assertThat(first).hasSize(2).isEqualTo(second);
        assertThat(first.at("/0/message/content")).isNotEqualTo(first.at("/1/message/content"));
    }

    @Test
    void historyThatIsNotHeardIsTold() throws Exception {
        JsonNode reply = json.readTree(post("""
            {"messages":[{"role":"user","content":"who?"},
             {"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function",
              "function":{"name":"age","arguments":"{}"}}]},
             {"role":"tool","tool_call_id":"a","content":"10"},{"role":"user","content":"Who owns the shop?"}]}\
            """).body());

        assertThat(reply.at("/choices/0/message/content").asText()).isEqualTo("unknown");
        assertThat(reply.at("/loremesh/unheard").asText()).startsWith("3 of 4 messages");
    }

    private List<JsonNode> chunks(String body) throws Exception {
        List<JsonNode> chunks = new ArrayList<>();
        for (String line : post(body).body().lines().toList()) {
            if (line.startsWith("data: {")) {
                chunks.add(json.readTree(line.substring("data: ".length())));
            }
        }
        return chunks;
    }

    @Test
    void modelsHealthAndMetricsAreTold() throws Exception {
        assertThat(get("/v1/models")).contains("\"loremesh\"").contains("\"models/demo\"");
        assertThat(get("/q/health/ready")).contains("\"UP\"").contains("base model");
        assertThat(get("/q/metrics")).contains("loremesh_inference_queue");
    }

    @Test
    void theLangchain4jServiceGivesTheSameAnswerWholeAndStreamed() {
        assertThat(assistant.answer("木器店的老板是谁？")).isEqualTo("不知道");
        assertThat(String.join(
                        "",
                        assistant.stream("Who owns the shop?")
                                .collect()
                                .asList()
                                .await()
                                .indefinitely()))
                .isEqualTo("unknown");
    }

    private String get(String path) throws IOException, InterruptedException {
        return request(path).body();
    }

    private HttpResponse<String> request(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + address.getPort() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + address.getPort() + "/v1/chat/completions"))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
