package io.loremesh.cli.version;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.proto.registry.v1.AuthorityVerdict;
import io.loremesh.proto.registry.v1.FactScreening;
import io.loremesh.proto.registry.v1.ScreeningFinding;
import org.junit.jupiter.api.Test;

class ScreeningWordsTest {
    @Test
    void anAuthoritysWordComesWithItsEvidence() {
        assertThat(ScreeningWords.authority(FactScreening.newBuilder()
                        .setAuthority(AuthorityVerdict.AUTHORITY_VERDICT_CONTRADICTS)
                        .addAuthorityAnswers("Beijing")
                        .setAuthorityPlace("family.jsonl:2")
                        .build()))
                .isEqualTo("contradicts: “Beijing” (family.jsonl:2)");
        assertThat(ScreeningWords.authority(FactScreening.newBuilder()
                        .setAuthority(AuthorityVerdict.AUTHORITY_VERDICT_UNKNOWN)
                        .build()))
                .isEqualTo("unknown");
    }

    @Test
    void whereNothingWasAskedThereIsNothingToSay() {
        assertThat(ScreeningWords.authority(FactScreening.getDefaultInstance())).isEmpty();
        assertThat(ScreeningWords.findings(FactScreening.getDefaultInstance())).isEmpty();
    }

    @Test
    void whatWasCaughtIsToldByKindFieldAndRule() {
        assertThat(ScreeningWords.findings(FactScreening.newBuilder()
                        .addFindings(ScreeningFinding.newBuilder()
                                .setKind("phone")
                                .setField("answer")
                                .setRule("personal-data"))
                        .build()))
                .isEqualTo("phone in its answer (personal-data)");
    }
}
