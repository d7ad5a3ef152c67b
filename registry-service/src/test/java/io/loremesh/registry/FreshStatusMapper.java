package io.loremesh.registry;

import io.quarkus.grpc.stubs.ServerCalls;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Quarkus keeps the status mapper of the first application of a JVM, whose classes those of a second one are not: every
 * refusal would be INTERNAL. Tests with other parts start a second one.
 */
@ApplicationScoped
class FreshStatusMapper {
    void forgetTheLastOne(@Observes StartupEvent start) throws ReflectiveOperationException {
        var kept = ServerCalls.class.getDeclaredField("ehp");
        kept.setAccessible(true);
        kept.set(null, null);
    }
}
