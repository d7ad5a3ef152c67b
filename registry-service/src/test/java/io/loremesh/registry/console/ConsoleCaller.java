package io.loremesh.registry.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;

/** Sends what the console's page sends. */
final class ConsoleCaller implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String address;

    ConsoleCaller(URL address) {
        this.address = "http://%s:%d".formatted(address.getHost(), address.getPort());
    }

    /**
     * An answer of any status.
     *
     * @param policy its Content-Security-Policy; empty where it has none
     */
    record Reply(int status, String text, String policy) {
        JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new UncheckedIOException(text, e);
            }
        }
    }

    Reply get(String path) {
        return send(HttpRequest.newBuilder(URI.create(address + path)).build());
    }

    JsonNode read(String path) {
        return get("/api/console/v1" + path).json();
    }

    /** As the page orders it. */
    Reply order(String path, Map<String, ?> body) {
        return order(path, body, Map.of());
    }

    /** As somebody else orders it: these headers instead of the page's. An empty value leaves one out. */
    Reply order(String path, Map<String, ?> body, Map<String, String> instead) {
        var headers = new TreeMap<>(Map.of("Content-Type", "application/json", "Origin", address));
        headers.putAll(instead);
        headers.values().removeIf(String::isEmpty);
        try {
            var request = HttpRequest.newBuilder(URI.create(address + "/api/console/v1" + path))
                    .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
            headers.forEach(request::header);
            return send(request.build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The stream of live answers; the caller closes it. */
    InputStream answers() {
        return send(
                        HttpRequest.newBuilder(URI.create(address + "/api/console/v1/answers"))
                                .header("Accept", "text/event-stream")
                                .build(),
                        BodyHandlers.ofInputStream())
                .body();
    }

    private Reply send(HttpRequest request) {
        HttpResponse<String> response = send(request, BodyHandlers.ofString());
        return new Reply(
                response.statusCode(),
                response.body(),
                response.headers().firstValue("Content-Security-Policy").orElse(""));
    }

    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
        try {
            return client.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
