/**
 * How the commands write to a terminal, or to a file where there is none. Read
 * {@link io.loremesh.cli.terminal.Terminal} first.
 */
package io.loremesh.cli.terminal;
