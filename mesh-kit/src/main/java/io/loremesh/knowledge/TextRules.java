package io.loremesh.knowledge;

import io.loremesh.events.StorableText;
import io.loremesh.model.answer.PlainText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rules of single fields that facts and documents share. Each gives what is wrong, in words; empty where nothing
 * is.
 */
final class TextRules {
    /** Longest URI, in UTF-16 units. */
    private static final int MAX_URI = 2_048;

    private static final int MAX_REASON = 2_000;
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,7}");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern IN_NO_URI = Pattern.compile("[\\s\\p{Z}\\p{Cc}]");

    private TextRules() {}

    /** Whether a text has anything that can be seen: white space, zero-width and control characters say nothing. */
    static boolean saysNothing(String text) {
        return PlainText.of(text).isEmpty();
    }

    /** @param most in UTF-16 units */
    static Optional<String> length(String field, String text, int most) {
        return text.length() > most
                ? Optional.of("`%s` has %d characters; at most %d are accepted".formatted(field, text.length(), most))
                : Optional.empty();
    }

    static Optional<String> list(String field, List<String> texts, int mostTexts, int mostCharacters) {
        if (texts.size() > mostTexts) {
            return Optional.of(
                    "`%s` has %d entries; at most %d are accepted".formatted(field, texts.size(), mostTexts));
        }
        for (String text : texts) {
            if (saysNothing(text)) {
                return Optional.of("`%s` has an empty entry; leave it out".formatted(field));
            }
            Optional<String> problem = length(field, text, mostCharacters);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    static Optional<String> uri(String field, String uri) {
        if (IN_NO_URI.matcher(uri).find()) {
            return Optional.of(
                    "`%s` is no URI: \"%.60s\" holds white space or a control character; write a space as %%20"
                            .formatted(field, uri));
        }
        return length(field, uri, MAX_URI);
    }

    static Optional<String> language(String language) {
        return language.isEmpty() || LANGUAGE.matcher(language).matches()
                ? Optional.empty()
                : Optional.of("`language` is \"%.40s\"; write a BCP 47 tag such as zh or en, or leave it empty"
                        .formatted(language));
    }

    static Optional<String> sha256(String field, String digest) {
        return digest.isEmpty() || SHA_256.matcher(digest).matches()
                ? Optional.empty()
                : Optional.of("`%s` is \"%.70s\"; a SHA-256 has 64 hex digits".formatted(field, digest));
    }

    /** @param collection {@code facts} or {@code documents} */
    static Optional<String> name(String field, String name, String collection) {
        return name.matches(collection + "/[A-Za-z0-9._~-]{1,128}")
                ? Optional.empty()
                : Optional.of("`%s` is \"%.140s\"; a name is `%s/{id}`, its id 1 to 128 of A-Z a-z 0-9 . _ ~ -"
                        .formatted(field, name, collection));
    }

    /** What a retraction must have, of a fact or a document. */
    static Optional<String> retraction(String name, String reason, String collection) {
        if (name.isBlank()) {
            return Optional.of("a retraction names nothing; set `name`");
        }
        return first(
                name("name", name, collection),
                length("reason", reason, MAX_REASON),
                StorableText.problem(reason).map("`reason` holds "::concat));
    }

    @SafeVarargs
    static Optional<String> first(Optional<String>... problems) {
        return Stream.of(problems).flatMap(Optional::stream).findFirst();
    }
}
