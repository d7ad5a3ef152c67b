/**
 * The step that tells where a version comes from and what became of it. Read
 * {@link io.loremesh.registry.lineage.LineageReader} first.
 */
package io.loremesh.registry.lineage;
