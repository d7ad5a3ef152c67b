package io.loremesh.screening;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.loremesh.proto.registry.v1.ScreeningRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Catches the words or the pattern of one rule. RE2 matches in a time that grows with the text alone; a pattern of
 * {@code java.util.regex} could be written, or met by a text, so that an answer never ends.
 */
public final class RuleClassifier implements TextClassifier {
    private final String kind;
    private final String id;
    private final Pattern pattern;

    /** @throws PatternSyntaxException where {@link #problem} tells one */
    public RuleClassifier(ScreeningRule rule) {
        this.kind = rule.getKind();
        this.id = rule.getId();
        this.pattern = compile(rule);
    }

    /** Why a rule's pattern cannot be used; empty where it can. */
    public static Optional<String> problem(ScreeningRule rule) {
        try {
            return compile(rule).matcher("").find() ? Optional.of("it catches the empty text") : Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of(e.getMessage());
        }
    }

    @Override
    public List<Finding> classify(String text) {
        List<Finding> findings = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            if (matcher.end() > matcher.start()) {
                findings.add(new Finding(kind, id, matcher.start(), matcher.end()));
            }
        }
        return findings;
    }

    private static Pattern compile(ScreeningRule rule) {
        return rule.getPattern().isEmpty()
                ? Pattern.compile(
                        rule.getWordsList().stream()
                                .map(RuleClassifier::whole)
                                .collect(Collectors.joining("|", "(?:", ")")),
                        Pattern.CASE_INSENSITIVE)
                : Pattern.compile(rule.getPattern());
    }

    /** Chinese writes no blanks, so a Chinese word is found wherever it stands; "ass" is not found in "class". */
    private static String whole(String word) {
        String quoted = Pattern.quote(word);
        return (isLatin(word.charAt(0)) ? "\\b" : "") + quoted + (isLatin(word.charAt(word.length() - 1)) ? "\\b" : "");
    }

    private static boolean isLatin(char c) {
        return c < 0x80 && Character.isLetterOrDigit(c);
    }
}
