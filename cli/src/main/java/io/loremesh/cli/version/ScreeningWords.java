package io.loremesh.cli.version;

import io.loremesh.proto.registry.v1.AuthorityVerdict;
import io.loremesh.proto.registry.v1.FactScreening;
import io.loremesh.proto.registry.v1.ScreeningFinding;
import java.util.stream.Collectors;

/** What a policy found in a fact, in words. */
final class ScreeningWords {
    private ScreeningWords() {}

    /** For instance {@code contradicts: “Beijing” (family.jsonl:2)}; empty where no authority was asked. */
    static String authority(FactScreening screening) {
        String word = word(screening.getAuthority());
        String answers = screening.getAuthorityAnswersList().stream()
                .map(LedgerWords::quoted)
                .collect(Collectors.joining(", "));
        String evidence = answers.isEmpty() ? "" : ": " + answers;
        String place = screening.getAuthorityPlace().isEmpty() ? "" : " (%s)".formatted(screening.getAuthorityPlace());
        return word + evidence + place;
    }

    /** For instance {@code phone in its answer (personal-data)}; empty where nothing was caught. */
    static String findings(FactScreening screening) {
        return screening.getFindingsList().stream().map(ScreeningWords::finding).collect(Collectors.joining(", "));
    }

    private static String finding(ScreeningFinding finding) {
        return "%s in its %s (%s)".formatted(finding.getKind(), finding.getField(), finding.getRule());
    }

    private static String word(AuthorityVerdict verdict) {
        return switch (verdict) {
            case AUTHORITY_VERDICT_AGREES -> "agrees";
            case AUTHORITY_VERDICT_CONTRADICTS -> "contradicts";
            case AUTHORITY_VERDICT_UNKNOWN -> "unknown";
            case AUTHORITY_VERDICT_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }
}
