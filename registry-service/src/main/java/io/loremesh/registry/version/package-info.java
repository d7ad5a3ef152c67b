/**
 * The step that remembers: base models, their versions, and where aliases point. Read
 * {@link io.loremesh.registry.version.Versions} first.
 */
package io.loremesh.registry.version;
