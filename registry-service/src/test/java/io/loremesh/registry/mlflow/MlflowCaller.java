package io.loremesh.registry.mlflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/** Sends what MLflow's Python client sends: reads by query, everything else as a JSON body, deletions too. */
final class MlflowCaller implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String USER = "Basic " + Base64.getEncoder().encodeToString("ada:".getBytes(UTF_8));

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String address;

    MlflowCaller(URL address) {
        this.address = "http://%s:%d".formatted(address.getHost(), address.getPort());
    }

    /** An answer of any status. */
    record Answer(int status, byte[] bytes) {
        JsonNode json() {
            try {
                return JSON.readTree(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(new String(bytes, UTF_8), e);
            }
        }

        /** The answer of a call that succeeded. */
        JsonNode good() {
            assertThat(status).as(new String(bytes, UTF_8)).isEqualTo(200);
            return json();
        }

        /** A refusal in MLflow's shape. */
        void refused(int expected, String code, String message) {
            assertThat(status).as(new String(bytes, UTF_8)).isEqualTo(expected);
            assertThat(json().path("error_code").asText()).isEqualTo(code);
            assertThat(json().path("message").asText()).contains(message);
        }
    }

    Answer get(String endpoint, Map<String, String> query) {
        String told = query.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return send("GET", "/api/2.0/mlflow/%s?%s".formatted(endpoint, told), BodyPublishers.noBody());
    }

    Answer call(String method, String endpoint, Map<String, ?> body) {
        try {
            return send(method, "/api/2.0/mlflow/" + endpoint, BodyPublishers.ofString(JSON.writeValueAsString(body)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer artifacts(String method, String pathAndQuery, byte[] body) {
        return send(
                method,
                "/api/2.0/mlflow-artifacts/artifacts" + pathAndQuery,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    }

    Answer send(String method, String path, BodyPublisher body) {
        return send(method, path, "application/json", body);
    }

    Answer send(String method, String path, String type, BodyPublisher body) {
        try {
            HttpResponse<byte[]> response = client.send(
                    HttpRequest.newBuilder(URI.create(address + path))
                            .header("Content-Type", type)
                            .header("Authorization", USER)
                            .header("traceparent", "00-" + "ab".repeat(16) + "-" + "cd".repeat(8) + "-01")
                            .method(method, body)
                            .build(),
                    BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
