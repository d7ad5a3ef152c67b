package io.loremesh.door;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Says loudly at the start that a service listens beyond this machine. Nobody is asked for credentials yet, so whoever
 * reaches the port may teach, promote and erase.
 */
@ApplicationScoped
public class OpenDoor {
    private static final Logger LOG = Logger.getLogger(OpenDoor.class);
    private static final String SETTING = "quarkus.http.host";

    void tell(@Observes StartupEvent started, @ConfigProperty(name = SETTING) String host) {
        warning(host).ifPresent(LOG::warn);
    }

    /** Empty where the address is this machine's own. @param host name or address that the service listens on */
    static Optional<String> warning(String host) {
        return isLoopback(host)
                ? Optional.empty()
                : Optional.of(
                        ("OPEN TO THE NETWORK: %s=%s, and no credentials are asked for: whoever reaches this port may"
                                        + " teach, promote and erase. Set %s=127.0.0.1, or let a "
                                        + "firewall or a NetworkPolicy"
                                        + " admit the mesh alone")
                                .formatted(SETTING, host, SETTING));
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
