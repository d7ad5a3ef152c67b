/**
 * The step before a base can be opened: a GGUF file becomes a checkpoint directory of the one layout that everything
 * else reads. Start at {@link io.loremesh.model.conversion.GgufConversion}.
 */
package io.loremesh.model.conversion;
