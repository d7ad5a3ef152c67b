/**
 * Asking: the question goes to the generator, the answer comes back in pieces. Read {@link io.loremesh.cli.ask.Asking}
 * first.
 */
package io.loremesh.cli.ask;
