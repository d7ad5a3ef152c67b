package io.loremesh.registry.mlflow;

import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.version.VersionRef;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a new version is to be made of. */
sealed interface ModelSource {
    /** {@code mlflow-artifacts:/{path}}: here already, uploaded or by content. */
    record Here(ArtifactPath path) implements ModelSource {}

    /**
     * {@code models:/{name}/{version}} or {@code models:/{name}@{alias}}: the adapter of another version.
     *
     * @param version its resource name
     */
    record Registered(String version) implements ModelSource {}

    String ARTIFACTS = "mlflow-artifacts:/";
    Pattern MODEL = Pattern.compile("models:/+([^/@]+)(?:/([1-9][0-9]{0,8})|@([^/@]+))/?");

    /** Errors: INVALID. */
    static ModelSource parse(String source) {
        if (source.startsWith(ARTIFACTS) && !source.startsWith(ARTIFACTS + "/")) {
            return new Here(ArtifactPath.parse(source.substring(ARTIFACTS.length())));
        }
        Matcher model = MODEL.matcher(source);
        if (model.matches()) {
            String version = model.group(2) != null ? model.group(2) : model.group(3);
            String name = "models/%s/versions/%s".formatted(model.group(1), version);
            VersionRef.parse(name);
            return new Registered(name);
        }
        throw new RegistryException(
                Kind.INVALID,
                "source \"%.120s\" is not in this registry, which reads nothing from elsewhere; upload the adapter to"
                        + " `mlflow-artifacts:/{path}` and register that, or name `models:/{name}/{version}`",
                source);
    }
}
