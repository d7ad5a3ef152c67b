package io.loremesh.registry.outbox;

/** A transaction that wrote to the outbox has been committed: whoever tells others about changes may look now. */
public record OutboxWritten() {}
