package io.loremesh.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.registry.artifact.ContentDigest;
import io.loremesh.registry.failure.RegistryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactPathTest {
    private static final String HEX = "a".repeat(64);

    @Test
    void contentAddressesAndPathsAreToldApart() {
        var digest = new ContentDigest(HEX);
        assertThat(ArtifactPath.parse("sha256/" + HEX)).isEqualTo(new ArtifactPath.Archive(digest));
        assertThat(ArtifactPath.parse("/sha256/" + HEX + "/adapter_config.json"))
                .isEqualTo(new ArtifactPath.Member(digest, "adapter_config.json"));
        assertThat(ArtifactPath.parse("/runs/1/adapter/")).isEqualTo(new ArtifactPath.Staged("runs/1/adapter"));
        assertThat(ArtifactPath.parse("")).isEqualTo(new ArtifactPath.Staged(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "a/../b",
                "a/./b",
                "a//b",
                "a b",
                "a\\b",
                "a\0b",
                "%2e%2e/a",
                "sha256/abc",
                "1/2/3/4/5/6/7/8/9"
            })
    void aPathThatLeadsElsewhereIsRefused(String path) {
        assertThatThrownBy(() -> ArtifactPath.parse(path)).isInstanceOf(RegistryException.class);
    }

    @Test
    void aPathThatIsTooLongIsRefusedBeforeItIsRead() {
        assertThatThrownBy(() -> ArtifactPath.parse("a" + "/".repeat(100_000) + "a"))
                .hasMessageContaining("100002 characters");
    }

    @Test
    void aSourceIsHereOrAnotherVersion() {
        assertThat(ModelSource.parse("mlflow-artifacts:/up/load"))
                .isEqualTo(new ModelSource.Here(new ArtifactPath.Staged("up/load")));
        assertThat(ModelSource.parse("models:/demo/3")).isEqualTo(new ModelSource.Registered("models/demo/versions/3"));
        assertThat(ModelSource.parse("models:/demo@active"))
                .isEqualTo(new ModelSource.Registered("models/demo/versions/active"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "/etc/passwd",
                "s3://bucket/adapter",
                "http://169.254.169.254/latest",
                "runs:/1/model",
                "mlflow-artifacts://elsewhere:80/a",
                "models:/m-1234"
            })
    void aSourceElsewhereIsNeverRead(String source) {
        assertThatThrownBy(() -> ModelSource.parse(source)).hasMessageContaining("reads nothing from elsewhere");
    }
}
