/**
 * A prompt becomes text: tokens of the engine are joined to characters, delivered as they come, and counted. Start at
 * {@link io.loremesh.generator.completion.TextDecoding}.
 */
package io.loremesh.generator.completion;
