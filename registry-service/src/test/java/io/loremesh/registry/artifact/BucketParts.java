package io.loremesh.registry.artifact;

import io.loremesh.registry.RealParts;
import java.util.HashMap;
import java.util.Map;

/** The real parts, and an S3 server for the artifacts. */
public class BucketParts extends RealParts {
    private BucketServer server;

    @Override
    public Map<String, String> start() {
        var settings = new HashMap<>(super.start());
        server = BucketServer.start();
        settings.putAll(server.settings());
        BucketServer.credentials().forEach(System::setProperty);
        return settings;
    }

    @Override
    public void stop() {
        BucketServer.credentials().keySet().forEach(System::clearProperty);
        super.stop();
        if (server != null) {
            server.close();
        }
    }
}
