/**
 * The step before any service's own: what each gRPC door does with messages that no method gets to see. Read
 * {@link io.loremesh.door.MalformedMessages} first.
 */
package io.loremesh.door;
