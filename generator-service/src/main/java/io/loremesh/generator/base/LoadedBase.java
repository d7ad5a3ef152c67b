package io.loremesh.generator.base;

import io.loremesh.generator.inference.InferenceEngine;
import io.loremesh.model.answer.Abstention;
import io.loremesh.model.answer.Language;
import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.model.profile.BaseProfile;
import io.loremesh.model.prompt.PromptFormat;
import io.loremesh.model.tokenizer.TextTokenizer;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A base model that is ready to answer.
 *
 * @param name `models/{model}`
 */
public record LoadedBase(
        String name,
        Checkpoint checkpoint,
        TextTokenizer tokenizer,
        PromptFormat format,
        BaseProfile profile,
        InferenceEngine engine) {
    /** The tokens that a refusal begins with, in any language. */
    public Set<Integer> refusals() {
        return Arrays.stream(Language.values())
                .map(language -> tokenizer.encode(Abstention.phrase(language))[0])
                .collect(Collectors.toSet());
    }
}
