/**
 * {@code mesh}: the launcher and the person's tool. Every command is a class named {@code *Command} in the package of
 * its step: {@code launch} (start and stop the processes), {@code teach}, {@code ask}, {@code tune}, {@code version}
 * (what was learned, promoted, rolled back), {@code demo} (all of it in one go), {@code bench}. Read
 * {@link io.loremesh.cli.Mesh} first.
 */
package io.loremesh.cli;
