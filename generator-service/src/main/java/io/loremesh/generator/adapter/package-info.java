/**
 * The step that brings a version's adapter here: fetched from the registry by digest, verified, held ready, swapped
 * when the alias {@code active} moves. Start at {@link io.loremesh.generator.adapter.ActiveAlias}, then
 * {@link io.loremesh.generator.adapter.LoadedVersions}.
 */
package io.loremesh.generator.adapter;
