/**
 * A run from the request to the version: queued, prepared, trained in a process of its own, published. Read
 * {@link io.loremesh.trainer.run.RunFlow} first, then {@link io.loremesh.trainer.run.RunState}.
 */
package io.loremesh.trainer.run;
