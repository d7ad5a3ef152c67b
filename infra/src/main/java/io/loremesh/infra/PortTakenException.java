package io.loremesh.infra;

/** Another program took a port before the part that was told to take it. On other ports the start would succeed. */
public class PortTakenException extends IllegalStateException {
    public PortTakenException(String message) {
        super(message);
    }
}
