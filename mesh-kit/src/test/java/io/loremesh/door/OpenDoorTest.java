package io.loremesh.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenDoorTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.3.4.5"})
    void thisMachineAloneIsNoNews(String host) {
        assertThat(OpenDoor.warning(host)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7", "no such name.invalid"})
    void everythingElseIsSaidWithTheSettingThatClosesIt(String host) {
        assertThat(OpenDoor.warning(host)).hasValueSatisfying(words -> assertThat(words)
                .contains("quarkus.http.host=" + host, "Set quarkus.http.host=127.0.0.1"));
    }
}
