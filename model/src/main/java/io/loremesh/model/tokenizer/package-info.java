/**
 * Text becomes token ids and back, by the checkpoint's own {@code tokenizer.json}. Start at
 * {@link io.loremesh.model.tokenizer.TextTokenizer}.
 */
package io.loremesh.model.tokenizer;
