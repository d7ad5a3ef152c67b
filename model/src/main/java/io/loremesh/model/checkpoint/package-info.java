/**
 * The first step of both journeys: a base model's files become named, shaped, validated tensors. A checkpoint is
 * untrusted input, so everything read here is bounds-checked. Start at {@link io.loremesh.model.checkpoint.Checkpoint}.
 */
package io.loremesh.model.checkpoint;
