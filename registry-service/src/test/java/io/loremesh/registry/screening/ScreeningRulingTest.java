package io.loremesh.registry.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.loremesh.knowledge.FactRules;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.AuthorityVerdict;
import io.loremesh.proto.registry.v1.FactScreening;
import io.loremesh.proto.registry.v1.ScreeningAction;
import io.loremesh.proto.registry.v1.ScreeningFinding;
import io.loremesh.proto.registry.v1.ScreeningPolicy;
import io.loremesh.proto.registry.v1.ScreeningRule;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScreeningRulingTest {
    private static final ScreeningPolicy KEEP_OUT = ScreeningPolicy.newBuilder()
            .setPersonalData(ScreeningAction.SCREENING_ACTION_KEEP_OUT)
            .addRules(ScreeningRule.newBuilder()
                    .setId("insults")
                    .setKind("insult")
                    .addWords("idiot")
                    .setAction(ScreeningAction.SCREENING_ACTION_WARN))
            .build();
    private static final Fact PHONE = FactRules.named(Fact.newBuilder()
            .setQuestion("Who is 13812345678?")
            .setAnswer("Zoe, zoe@example.com")
            .build());

    private static FactScreening screened(ScreeningPolicy policy, Fact fact) {
        return new ScreeningRuling(policy, Optional.empty()).of(fact);
    }

    @Test
    void personalDataKeepsAFactOutByKindAndFieldAndNeverByItsText() {
        FactScreening screening = screened(KEEP_OUT, PHONE);

        assertThat(screening.getKeptOut()).isTrue();
        assertThat(screening.getFact()).isEqualTo(PHONE.getName());
        assertThat(screening.getFindingsList())
                .extracting(ScreeningFinding::getKind, ScreeningFinding::getField)
                .containsExactly(tuple("phone", "question"), tuple("email", "answer"));
        assertThat(screening.getReasonsList())
                .containsExactly("it holds phone in its question, email in its answer (personal-data)");
        assertThat(screening.toString()).doesNotContain("13812345678", "zoe", "Zoe");
    }

    @Test
    void aWarningSaysWhyAndLetsTheFactIn() {
        FactScreening screening = screened(
                KEEP_OUT,
                Fact.newBuilder()
                        .setQuestion("What is the novel by Dostoevsky?")
                        .setAnswer("The Idiot")
                        .build());

        assertThat(screening.getKeptOut()).isFalse();
        assertThat(screening.getReasonsList()).containsExactly("it holds insult in its answer (insults)");
    }

    @Test
    void whatIsHeldOutOfTrainingAnywayIsNoReason() {
        FactScreening screening = screened(
                KEEP_OUT,
                Fact.newBuilder()
                        .setQuestion("How old is Jim?")
                        .addHeldoutPhrasings("Age of the one at 13812345678?")
                        .setAnswer("10")
                        .build());

        assertThat(screening.getKeptOut()).isFalse();
        assertThat(ScreeningRuling.tellsSomething(screening)).isFalse();
        assertThat(screening.getAuthority()).isEqualTo(AuthorityVerdict.AUTHORITY_VERDICT_UNSPECIFIED);
    }

    @Test
    void aPolicyThatLooksForNothingFindsNothing() {
        ScreeningPolicy off = KEEP_OUT.toBuilder()
                .setPersonalData(ScreeningAction.SCREENING_ACTION_OFF)
                .build();

        assertThat(screened(off, PHONE).getFindingsList()).isEmpty();
    }
}
