package io.loremesh.lab.bench.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.loremesh.cli.connect.Waiting;
import io.loremesh.cli.launch.Ports;
import io.loremesh.cli.terminal.Failure;
import io.loremesh.infra.PortSpan;
import io.loremesh.infra.PortTakenException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * MLflow's tracking server as it comes (SQLite, its own number of workers), asked over its REST interface as its client
 * asks it. See "REST API" in MLflow's documentation.
 */
final class MlflowServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final int OK = 200;
    private static final String MODEL = "bench";

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final String version;
    private final URI api;

    private MlflowServer(Process process, String version, URI api) {
        this.process = process;
        this.version = version;
        this.api = api;
    }

    /** Starts it and returns when it answers; one that is not installed where the command is not found. */
    static MlflowServer start(String command, Path directory) throws IOException, InterruptedException {
        String version = installed(command);
        if (version.isEmpty()) {
            return new MlflowServer(null, "", null);
        }
        Path data = directory.toAbsolutePath();
        return Ports.onFree(address -> start(command, version, data, address.retriever()));
    }

    private static MlflowServer start(String command, String version, Path data, int port)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        command,
                        "server",
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--backend-store-uri",
                        "sqlite:///" + data.resolve("mlflow.db"),
                        "--default-artifact-root",
                        data.resolve("mlflow").toString())
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("mlflow.log").toFile())
                .start();
        var server = new MlflowServer(process, version, URI.create("http://127.0.0.1:" + port + "/api/2.0/mlflow/"));
        try {
            server.awaitReady(port, data.resolve("mlflow.log"));
            server.post("registered-models/create", Map.of("name", MODEL));
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** Its version; empty where there is no such command. */
    private static String installed(String command) throws InterruptedException {
        try {
            Process asked = new ProcessBuilder(command, "--version")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String told = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return asked.waitFor() == 0 ? told.replaceAll("[^0-9.]", "") : "";
        } catch (IOException e) {
            return "";
        }
    }

    private void awaitReady(int port, Path log) {
        HttpRequest health =
                HttpRequest.newBuilder(api.resolve("/health")).GET().build();
        boolean answers = Waiting.within(PATIENCE, POLL, () -> {
            try {
                return !process.isAlive()
                        || http.send(health, BodyHandlers.discarding()).statusCode() == OK;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        });
        // An answer while it lives is its own.
        if (!answers || !process.isAlive()) {
            if (!process.isAlive() && !PortSpan.isFree(port)) {
                throw new PortTakenException("port %d, which MLflow's server needs, is taken".formatted(port));
            }
            throw new Failure(
                    "MLflow's server was not ready within %d s; its log is %s".formatted(PATIENCE.toSeconds(), log));
        }
    }

    boolean isInstalled() {
        return process != null;
    }

    String version() {
        return version;
    }

    void register() {
        post("model-versions/create", Map.of("name", MODEL, "source", "s3://bench/adapter"));
    }

    private void post(String call, Map<String, String> body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(api.resolve(call))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
                    .build();
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != OK) {
                throw new Failure(
                        "MLflow's server answered %s with %d: %s".formatted(call, answer.statusCode(), answer.body()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("MLflow's server did not answer " + call, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted while MLflow's server was asked");
        }
    }

    @Override
    public void close() throws InterruptedException {
        http.close();
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }
}
