package io.loremesh.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceLogTest {
    @TempDir
    Path dir;

    private ServiceLog log(String text) throws IOException {
        return new ServiceLog(Files.writeString(dir.resolve("service.log"), text));
    }

    @Test
    void theLastErrorIsTheReasonEvenWhereOtherLinesFollow() throws IOException {
        ServiceLog log = log("""
                2026-11-21 01:12:46,302 ERROR [io.loremesh.First] (main) an older one
                2026-11-21 01:12:46,303 ERROR [io.loremesh.Base] (main) The base model in models/x cannot be served: \
                no config.json
                \tat io.loremesh.Base.load(Base.java:1)
                2026-11-21 01:12:47,001 INFO  [io.quarkus] (main) started, no ERROR [here] (main) at all
                """);

        assertThat(log.lastError()).contains("The base model in models/x cannot be served: no config.json");
    }

    @Test
    void aServiceThatOnlyWarnsHasNoError() throws IOException {
        assertThat(log("2026-11-21 01:12:46,302 WARN  [a.B] (main) Kafka is away\n")
                        .lastError())
                .isEmpty();
    }

    @Test
    void theTailOfALongLogIsItsLastLines() throws IOException {
        assertThat(log("line\n".repeat(100) + "last\n").tail().lines())
                .hasSize(12)
                .endsWith("last");
    }

    @Test
    void aLogThatIsNotThereHasNoErrorAndSaysSo() {
        ServiceLog none = new ServiceLog(dir.resolve("none"));

        assertThat(none.lastError()).isEmpty();
        assertThat(none.tail()).contains("unreadable");
    }
}
