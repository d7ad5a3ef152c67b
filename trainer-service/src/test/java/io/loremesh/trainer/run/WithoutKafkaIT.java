package io.loremesh.trainer.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.loremesh.door.RawCall;
import io.loremesh.proto.trainer.v1.CreateRunRequest;
import io.loremesh.proto.trainer.v1.ListRunsRequest;
import io.loremesh.proto.trainer.v1.TrainerService;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.InputStream;
import java.net.URL;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The service alone: neither Kafka nor registry nor base are there. */
@QuarkusTest
@TestProfile(WithoutKafkaIT.Alone.class)
class WithoutKafkaIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Nobody listens on port 1. */
    public static final class Alone implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "kafka.bootstrap.servers", "localhost:1",
                    "quarkus.grpc.clients.registry.test-port", "1",
                    "loremesh.data-dir", "target/alone",
                    "loremesh.model-dir", "target/alone/no-base");
        }
    }

    @GrpcClient("trainer")
    TrainerService trainer;

    @TestHTTPResource("/q/health")
    URL health;

    @Test
    void aMessageThatIsNotUtf8IsRefused() throws InterruptedException {
        Status refused =
                RawCall.refusal(health.getPort(), "loremesh.trainer.v1.TrainerService/GetRun", RawCall.notUtf8());

        assertThat(refused.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refused.getDescription()).contains("UTF-8");
    }

    @Test
    void itStartsAnswersAndSaysWhatIsMissing() throws Exception {
        try (InputStream in = health.openStream()) {
            assertThat(new String(in.readAllBytes(), UTF_8)).contains("\"status\": \"UP\"", "missing in");
        }
        assertThat(trainer.listRuns(ListRunsRequest.getDefaultInstance())
                        .await()
                        .atMost(LIMIT)
                        .getRunsList())
                .isEmpty();
        assertThatThrownBy(() -> trainer.createRun(CreateRunRequest.getDefaultInstance())
                        .await()
                        .atMost(LIMIT))
                .hasMessageContaining("FAILED_PRECONDITION")
                .hasMessageContaining("holds no checkpoint");
    }
}
