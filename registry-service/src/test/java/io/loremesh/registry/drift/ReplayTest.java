package io.loremesh.registry.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.registry.ChangedValues;
import io.loremesh.registry.drift.Figure.Replay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReplayTest {
    @ParameterizedTest
    @MethodSource(ChangedValues.PAIRS)
    void anotherValueIsAChange(String then, String now) {
        assertThat(new Replay(then, now).changed()).isTrue();
    }

    @Test
    void anotherSpellingIsNone() {
        assertThat(new Replay("12 kg.", "十二公斤").changed()).isFalse();
    }
}
