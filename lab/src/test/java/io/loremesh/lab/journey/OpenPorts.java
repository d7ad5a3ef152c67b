package io.loremesh.lab.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.cli.connect.MeshAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who can come to a mesh that nobody told of another interface. */
final class OpenPorts {
    private static final int PATIENCE_MILLIS = 2_000;

    private OpenPorts() {}

    /** Every part is there for whom it should be, and at no other address of this machine. */
    static void areForThisMachineAlone(MeshAddress mesh) throws IOException {
        List<InetAddress> others = otherAddresses();
        assertThat(others).as("addresses to knock at").isNotEmpty();
        for (Map.Entry<String, Integer> part : parts(mesh).entrySet()) {
            assertThat(accepts(InetAddress.getByName("127.0.0.1"), part.getValue()))
                    .as("%s answers this machine on port %d", part.getKey(), part.getValue())
                    .isTrue();
            assertThat(others)
                    .as("%s, port %d: nobody is asked for credentials", part.getKey(), part.getValue())
                    .noneMatch(address -> accepts(address, part.getValue()));
        }
    }

    private static Map<String, Integer> parts(MeshAddress mesh) {
        var parts = new LinkedHashMap<String, Integer>();
        parts.put("the retriever", mesh.retriever());
        parts.put("the generator", mesh.generator());
        parts.put("the trainer", mesh.trainer());
        parts.put("the registry", mesh.registry());
        parts.put("PostgreSQL", mesh.postgres());
        parts.put("Kafka", mesh.kafka());
        return parts;
    }

    private static List<InetAddress> otherAddresses() throws IOException {
        var addresses = new ArrayList<InetAddress>();
        // Who listens on every interface listens here, too, on a machine without a network and on Linux: all of 127/8.
        addresses.add(InetAddress.getByName("127.0.0.2"));
        NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .forEach(addresses::add);
        return addresses;
    }

    private static boolean accepts(InetAddress address, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
