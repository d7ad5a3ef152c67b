package io.loremesh.registry.console;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Gives the console's one page ({@code src/main/resources/web/console.html}) the address that people remember. */
@ApplicationScoped
class ConsolePage {
    void serve(@Observes Router router) {
        router.getWithRegex("/console/?").handler(call -> call.reroute("/console.html"));
    }
}
