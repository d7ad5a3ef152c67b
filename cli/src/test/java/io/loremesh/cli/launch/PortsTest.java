package io.loremesh.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.cli.connect.MeshAddress;
import io.loremesh.infra.PortTakenException;
import java.net.ServerSocket;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void whatStartsGetsPortsThatAreFreeForEveryPart() throws Exception {
        MeshAddress address = Ports.onFree(free -> free);

        assertThatCode(() -> Ports.requireFree(address)).doesNotThrowAnyException();
    }

    @Test
    void aStartThatMeetsATakenPortIsTriedOnOthers() throws Exception {
        var tried = new ArrayList<MeshAddress>();

        MeshAddress started = Ports.onFree(free -> {
            tried.add(free);
            if (tried.size() == 1) {
                throw new PortTakenException("port %d is taken".formatted(free.kafka()));
            }
            return free;
        });

        assertThat(tried).hasSize(2).doesNotHaveDuplicates().endsWith(started);
    }

    @Test
    void aStartThatMeetsTakenPortsEverywhereSaysSo() {
        assertThatThrownBy(() -> Ports.onFree(free -> {
                    throw new PortTakenException("port %d is taken".formatted(free.kafka()));
                }))
                .isInstanceOf(PortTakenException.class)
                .hasMessageContaining("is taken");
    }

    @Test
    void aTakenPortIsNamedWithItsPartAndTheRemedy() throws Exception {
        try (var taken = new ServerSocket(0)) {
            var address = new MeshAddress("localhost", taken.getLocalPort() - 2);

            assertThatThrownBy(() -> Ports.requireFree(address))
                    .isInstanceOf(PortTakenException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("the generator")
                    .hasMessageContaining("--port-base");
        }
    }
}
