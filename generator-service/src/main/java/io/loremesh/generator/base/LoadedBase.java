package io.loremesh.generator.base;

import io.loremesh.generator.inference.InferenceEngine;
import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.model.prompt.PromptFormat;
import io.loremesh.model.tokenizer.TextTokenizer;

/**
 * A base model that is ready to answer.
 *
 * @param name `models/{model}`
 */
public record LoadedBase(
        String name, Checkpoint checkpoint, TextTokenizer tokenizer, PromptFormat format, InferenceEngine engine) {}
