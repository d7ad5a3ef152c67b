package io.loremesh.registry.faults;

import io.grpc.StatusRuntimeException;
import io.loremesh.proto.registry.v1.AliasMove;
import io.loremesh.proto.registry.v1.WatchAliasesRequest;
import io.loremesh.registry.RegistryCaller;
import java.net.URL;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Watches a model's aliases over one call, as generators do, and remembers what it was told. */
final class Watcher implements AutoCloseable {
    private final RegistryCaller registry;
    private final List<AliasMove> told = new CopyOnWriteArrayList<>();
    private volatile StatusRuntimeException ended;

    Watcher(URL address, String model) {
        registry = new RegistryCaller(address);
        Thread.ofVirtual().start(() -> watch(model));
    }

    List<AliasMove> told() {
        return List.copyOf(told);
    }

    /** Why the call ended; empty while it lasts. */
    Optional<StatusRuntimeException> ended() {
        return Optional.ofNullable(ended);
    }

    @Override
    public void close() {
        registry.close();
    }

    private void watch(String model) {
        try {
            registry.lastingCalls()
                    .aliases()
                    .watchAliases(
                            WatchAliasesRequest.newBuilder().setModel(model).build())
                    .forEachRemaining(told::add);
        } catch (StatusRuntimeException end) {
            ended = end;
        }
    }
}
