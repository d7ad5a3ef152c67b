/**
 * The step that keeps bytes: artifacts by their digest, uploaded and downloaded in pieces, verified both ways. Read
 * {@link io.loremesh.registry.artifact.Artifacts} first.
 */
package io.loremesh.registry.artifact;
