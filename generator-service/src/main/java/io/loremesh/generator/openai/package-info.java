/**
 * A second door to the first journey: OpenAI's chat API, so that existing clients work unchanged. Start at
 * {@link io.loremesh.generator.openai.ChatCompletionsResource}.
 */
package io.loremesh.generator.openai;
