package io.loremesh.model.prompt;

import io.loremesh.model.checkpoint.ModelFormatException;
import io.loremesh.model.tokenizer.TextTokenizer;
import java.util.stream.IntStream;

/** A token sequence under construction: special tokens by name, everything else as plain text. */
final class Tokens {
    private final TextTokenizer tokenizer;
    private final IntStream.Builder ids = IntStream.builder();

    Tokens(TextTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    Tokens special(String name) {
        ids.add(special(tokenizer, name));
        return this;
    }

    Tokens text(String text) {
        for (int id : tokenizer.encode(text)) {
            ids.add(id);
        }
        return this;
    }

    int[] toArray() {
        return ids.build().toArray();
    }

    static int special(TextTokenizer tokenizer, String name) {
        return tokenizer
                .id(name)
                .orElseThrow(() -> new ModelFormatException("The tokenizer lacks the special token " + name));
    }
}
