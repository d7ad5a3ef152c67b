/**
 * The step that shows: what the console in {@code src/main/resources/web} reads and asks for, as proto3 JSON of the
 * contract's own messages. Nothing is computed here. Read {@link io.loremesh.registry.console.VersionsResource} first,
 * then {@link io.loremesh.registry.console.OrdersResource}, by which the console changes something.
 */
package io.loremesh.registry.console;
