/**
 * The model as the trainer sees it: the Qwen2 decoder in libtorch, differentiable, over weights under their Hugging
 * Face names. Start with {@link io.loremesh.trainer.decoder.Decoder}.
 *
 * <p>Numeric code, free of any framework. Every tensor that a step makes belongs to the step's {@code PointerScope};
 * only parameters and optimiser state live outside one.
 */
package io.loremesh.trainer.decoder;
