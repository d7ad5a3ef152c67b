/**
 * What the trainer takes from the registry and what it brings there: facts and a parent's adapter in, a version out.
 * Read {@link io.loremesh.trainer.publish.VersionPublisher} first.
 */
package io.loremesh.trainer.publish;
