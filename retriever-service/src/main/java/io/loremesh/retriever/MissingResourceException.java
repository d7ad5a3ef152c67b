package io.loremesh.retriever;

/** A named resource that the index does not hold. */
final class MissingResourceException extends Exception {
    MissingResourceException(String name) {
        super("%s is not in the index; check the name, or set `allow_missing`".formatted(name));
    }
}
