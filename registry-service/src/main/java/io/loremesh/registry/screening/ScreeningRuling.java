package io.loremesh.registry.screening;

import io.loremesh.knowledge.FactRules;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.AuthorityVerdict;
import io.loremesh.proto.registry.v1.FactScreening;
import io.loremesh.proto.registry.v1.ScreeningAction;
import io.loremesh.proto.registry.v1.ScreeningFinding;
import io.loremesh.proto.registry.v1.ScreeningPolicy;
import io.loremesh.proto.registry.v1.ScreeningRule;
import io.loremesh.registry.authority.Authority;
import io.loremesh.registry.authority.Authority.Opinion;
import io.loremesh.screening.PersonalData;
import io.loremesh.screening.TextScreen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a policy says of a fact. Nothing that is caught is repeated: neither in findings nor in reasons. */
final class ScreeningRuling {
    private final ScreeningPolicy policy;
    private final Optional<Authority> authority;
    private final TextScreen screen;

    ScreeningRuling(ScreeningPolicy policy, Optional<Authority> authority) {
        this.policy = policy;
        this.authority = authority;
        this.screen = TextScreen.ofFacts(policy);
    }

    FactScreening of(Fact fact) {
        List<ScreeningFinding> findings = findings(fact);
        FactScreening.Builder screening = FactScreening.newBuilder()
                .setFact(FactRules.named(fact).getName())
                .addAllFindings(findings);
        authority.map(trusted -> trusted.of(fact)).ifPresent(opinion -> {
            screening.setAuthority(opinion.verdict()).setAuthorityPlace(opinion.place());
            // Where the fact holds what must not be told, the answer that is trusted may hold it too.
            if (findings.isEmpty()) {
                screening.addAllAuthorityAnswers(opinion.answers());
            }
            if (opinion.verdict() == AuthorityVerdict.AUTHORITY_VERDICT_CONTRADICTS) {
                decide(policy.getContradiction(), contradiction(opinion, findings), screening);
            }
        });
        findings.stream()
                .collect(Collectors.groupingBy(ScreeningFinding::getRule, LinkedHashMap::new, Collectors.toList()))
                .forEach((rule, caught) -> decide(action(rule), holds(caught), screening));
        return screening.build();
    }

    static boolean tellsSomething(FactScreening screening) {
        return screening.getAuthority() != AuthorityVerdict.AUTHORITY_VERDICT_UNSPECIFIED
                || screening.getFindingsCount() > 0;
    }

    /** In the texts that a run would train on. */
    private List<ScreeningFinding> findings(Fact fact) {
        List<ScreeningFinding> findings = new ArrayList<>();
        find("question", Stream.of(fact.getQuestion()), findings);
        find("phrasings", fact.getPhrasingsList().stream(), findings);
        find("answer", Stream.of(fact.getAnswer()), findings);
        find("aliases", fact.getAliasesList().stream(), findings);
        return findings;
    }

    private void find(String field, Stream<String> texts, List<ScreeningFinding> findings) {
        texts.flatMap(text -> screen.find(text).stream())
                .map(finding -> ScreeningFinding.newBuilder()
                        .setKind(finding.kind())
                        .setRule(finding.rule())
                        .setField(field)
                        .build())
                .distinct()
                .forEach(findings::add);
    }

    private ScreeningAction action(String rule) {
        return rule.equals(PersonalData.RULE)
                ? policy.getPersonalData()
                : policy.getRulesList().stream()
                        .filter(own -> own.getId().equals(rule))
                        .map(ScreeningRule::getAction)
                        .findFirst()
                        .orElseThrow();
    }

    private static void decide(ScreeningAction action, String reason, FactScreening.Builder screening) {
        switch (action) {
            case SCREENING_ACTION_KEEP_OUT -> screening.setKeptOut(true).addReasons(reason);
            case SCREENING_ACTION_WARN -> screening.addReasons(reason);
            case SCREENING_ACTION_OFF, SCREENING_ACTION_UNSPECIFIED, UNRECOGNIZED -> {}
        }
    }

    private static String contradiction(Opinion opinion, List<ScreeningFinding> findings) {
        return findings.isEmpty()
                ? "the authority says “%s” (%s)".formatted(String.join("”, “", opinion.answers()), opinion.place())
                : "the authority says otherwise (%s)".formatted(opinion.place());
    }

    private static String holds(List<ScreeningFinding> caught) {
        return "it holds %s (%s)"
                .formatted(
                        caught.stream()
                                .map(finding -> "%s in its %s".formatted(finding.getKind(), finding.getField()))
                                .collect(Collectors.joining(", ")),
                        caught.getFirst().getRule());
    }
}
