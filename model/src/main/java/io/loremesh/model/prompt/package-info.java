/**
 * Question and passages become the token sequence that a model was trained on; its answer is compared with the expected
 * one. Trainer and generator share it, so that both see one model. Start at
 * {@link io.loremesh.model.prompt.PromptFormat}.
 */
package io.loremesh.model.prompt;
