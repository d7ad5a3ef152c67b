package io.loremesh.cli.launch;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.cli.connect.MeshAddress;
import io.loremesh.cli.terminal.Failure;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void freePortsAreFreeForEveryPart() {
        assertThatCode(() -> Ports.requireFree(Ports.findFree())).doesNotThrowAnyException();
    }

    @Test
    void aTakenPortIsNamedWithItsPartAndTheRemedy() throws Exception {
        try (var taken = new ServerSocket(0)) {
            var address = new MeshAddress("localhost", taken.getLocalPort() - 2);

            assertThatThrownBy(() -> Ports.requireFree(address))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("the generator")
                    .hasMessageContaining("--port-base");
        }
    }
}
