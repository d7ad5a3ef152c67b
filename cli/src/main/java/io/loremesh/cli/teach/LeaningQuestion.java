package io.loremesh.cli.teach;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a question leans on what was said before it: "how old is he?" asks something else in every conversation. Told
 * by its words alone, so it errs both ways; where it says yes a person writes the question out, where it says no the
 * person is told that the question is taught by itself.
 */
final class LeaningQuestion {
    private static final int INSENSITIVE = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    private static final List<Pattern> SIGNS = List.of(
            Pattern.compile(
                    "(?<![\\p{L}\\p{N}'’])(he|she|it|they|him|her|them|his|hers|its|"
                            + "their|theirs|this|these|those|the same|"
                            + "the former|the latter|the other one|that one|er|sie|ihn|ihm|seine|ihr|ihre|dieser|diese|"
                            + "dieses|elle|ils|elles|leur|celui-ci|él|ella|ellos|ellas|suyo)(?![\\p{L}\\p{N}])",
                    INSENSITIVE),
            Pattern.compile(
                    "^\\W*(and|but|or|so|then|also|what about|how about|what else|anything else|why|when|where|who|how|"
                            + "which one|und|aber|oder|et|mais|y|pero|e|ma)(?=\\W*$)",
                    INSENSITIVE),
            Pattern.compile("^\\W*(and|but|what about|how about|und|et|y|e)\\s", INSENSITIVE),
            Pattern.compile("((?<![其吉])他|她|它|这个|那个|这些|那些|其中|前者|后者|彼女|彼ら|彼|それ|これ|あれ|그녀|그것|이것)"),
            Pattern.compile("^\\W*(那|那么|还有)"),
            Pattern.compile("(呢)[??]?\\s*$"));

    private LeaningQuestion() {}

    /** The word that leans; empty where the question seems to stand alone. */
    static Optional<String> word(String question) {
        for (Pattern sign : SIGNS) {
            Matcher found = sign.matcher(question);
            if (found.find()) {
                return Optional.of(found.group(1));
            }
        }
        return Optional.empty();
    }
}
