/**
 * The step that compares: what one version knows and another does not, how sure that is, and what the adapter changed
 * to bring it about. Read {@link io.loremesh.registry.diff.DiffFlow} first.
 */
package io.loremesh.registry.diff;
