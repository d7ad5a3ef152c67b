/**
 * The step that traces a fact through a model's versions: which of them learned, lost or altered it, and where it went
 * wrong. Read {@link io.loremesh.registry.blame.BlameFlow} first.
 */
package io.loremesh.registry.blame;
