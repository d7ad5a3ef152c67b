package io.loremesh.screening;

import io.loremesh.proto.registry.v1.ScreeningAction;
import io.loremesh.proto.registry.v1.ScreeningPolicy;
import io.loremesh.proto.registry.v1.ScreeningRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a policy looks for in texts. Safe for concurrent use. */
public final class TextScreen {
    private static final Comparator<Finding> LONGEST_FIRST = Comparator.comparingInt(Finding::start)
            .thenComparing(Comparator.comparingInt(Finding::end).reversed());

    private final List<TextClassifier> classifiers;

    TextScreen(List<TextClassifier> classifiers) {
        this.classifiers = List.copyOf(classifiers);
    }

    /** What is looked for before training: all that the policy does not leave alone. */
    public static TextScreen ofFacts(ScreeningPolicy policy) {
        return of(
                looksFor(policy.getPersonalData()),
                policy.getRulesList().stream()
                        .filter(rule -> looksFor(rule.getAction()))
                        .toList());
    }

    /** What is looked for in answers: personal data, and what any rule names. */
    public static TextScreen ofAnswers(ScreeningPolicy policy) {
        return of(true, policy.getRulesList());
    }

    private static TextScreen of(boolean personalData, List<ScreeningRule> rules) {
        List<TextClassifier> classifiers = new ArrayList<>();
        if (personalData) {
            classifiers.add(new PersonalData());
        }
        rules.stream().map(RuleClassifier::new).forEach(classifiers::add);
        return new TextScreen(classifiers);
    }

    private static boolean looksFor(ScreeningAction action) {
        return switch (action) {
            case SCREENING_ACTION_WARN, SCREENING_ACTION_KEEP_OUT -> true;
            case SCREENING_ACTION_OFF, SCREENING_ACTION_UNSPECIFIED, UNRECOGNIZED -> false;
        };
    }

    /** Everything that is caught in a text, from its start to its end; what lies within another catch is left out. */
    public List<Finding> find(String text) {
        String plain = plain(text);
        List<Finding> kept = new ArrayList<>();
        classifiers.stream()
                .flatMap(classifier -> classifier.classify(plain).stream())
                .sorted(LONGEST_FIRST)
                .forEach(finding -> {
                    if (kept.stream().noneMatch(other -> other.holds(finding))) {
                        kept.add(finding);
                    }
                });
        return kept;
    }

    /** The text with each catch replaced by its kind, for instance {@code [phone]}. */
    public static String mask(String text, List<Finding> findings) {
        StringBuilder masked = new StringBuilder();
        int at = 0;
        for (Finding finding : findings) {
            // Two catches that overlap leave nothing between them to show.
            masked.append(text, at, Math.max(at, finding.start()));
            masked.append('[').append(finding.kind()).append(']');
            at = Math.max(at, finding.end());
        }
        return masked.append(text, at, text.length()).toString();
    }

    /** Full-width ASCII as ASCII, character by character: NFKC would move the places of what is caught. */
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text);
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (c >= '\uFF01' && c <= '\uFF5E') {
                plain.setCharAt(i, (char) (c - '\uFF01' + '!'));
            } else if (c == '\u3000' || c == '\u00A0') {
                plain.setCharAt(i, ' ');
            }
        }
        return plain.toString();
    }
}
