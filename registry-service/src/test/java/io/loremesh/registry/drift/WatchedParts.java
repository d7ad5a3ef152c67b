package io.loremesh.registry.drift;

import io.loremesh.infra.PortSpan;
import io.loremesh.registry.RealParts;
import java.util.HashMap;
import java.util.Map;

/** The real parts, a port for a generator that comes and goes, and an interval that a test can wait for. */
public class WatchedParts extends RealParts {
    static final String INTERVAL_SECONDS = "4";

    private final PortSpan ports = PortSpan.claimFree();

    @Override
    public Map<String, String> start() {
        var settings = new HashMap<>(super.start());
        settings.put("quarkus.grpc.clients.generator.test-port", String.valueOf(ports.port(1)));
        settings.put("loremesh.drift.interval", INTERVAL_SECONDS + "s");
        settings.put("loremesh.drift.calm", "0s");
        settings.put("loremesh.drift.sample-every", "0s");
        settings.put("loremesh.drift.in-flight", "8");
        return settings;
    }

    @Override
    public void stop() {
        super.stop();
        ports.close();
    }
}
