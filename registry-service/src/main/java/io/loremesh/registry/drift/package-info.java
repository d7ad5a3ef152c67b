/**
 * The step that keeps watch: the version that answers is measured against what it was when it was promoted, and goes
 * back by itself when it drifts. Read {@link io.loremesh.registry.drift.DriftFlow} first.
 */
package io.loremesh.registry.drift;
