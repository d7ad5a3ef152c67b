package io.loremesh.registry.ledger;

import io.loremesh.knowledge.FactRules;
import io.loremesh.model.answer.AnswerKey;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.LedgerEntry;
import io.loremesh.proto.registry.v1.ProbedAnswer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What was answered, and when two facts say the same. */
public final class Answers {
    private Answers() {}

    /** Whether the answer of one is among those that the other accepts. */
    public static boolean agree(Fact learned, Fact current) {
        return AnswerKey.among(learned.getAnswer(), FactRules.acceptedAnswers(current));
    }

    /** The answer given most often, in the spelling given first; empty where there is none. */
    public static String main(LedgerEntry entry) {
        List<String> answers =
                entry.getAnswersList().stream().map(ProbedAnswer::getAnswer).toList();
        Map<String, Long> counts = answers.stream()
                .collect(Collectors.groupingBy(AnswerKey::of, LinkedHashMap::new, Collectors.counting()));
        return answers.stream()
                .max(Comparator.comparing(answer -> counts.get(AnswerKey.of(answer))))
                .flatMap(most -> answers.stream()
                        .filter(answer -> AnswerKey.of(answer).equals(AnswerKey.of(most)))
                        .findFirst())
                .orElse("");
    }

    /**
     * A fingerprint, as short for a long answer as for a word: the same for answers that are the same once normalised.
     */
    public static String key(String answer) {
        String normal = AnswerKey.of(answer);
        if (normal.isEmpty()) {
            return "";
        }
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(normal.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
