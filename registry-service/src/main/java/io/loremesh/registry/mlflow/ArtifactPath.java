package io.loremesh.registry.mlflow;

import io.loremesh.registry.artifact.ContentDigest;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A path below {@code mlflow-artifacts:/}. Untrusted; none ever reaches the file system. */
sealed interface ArtifactPath {
    /** {@code sha256/{hex}}: the files of a complete adapter archive. */
    record Archive(ContentDigest digest) implements ArtifactPath {}

    /** {@code sha256/{hex}/{file}}: one of them. */
    record Member(ContentDigest digest, String file) implements ArtifactPath {}

    /** Any other: a file that was uploaded, or a directory of such. Empty is the root. */
    record Staged(String path) implements ArtifactPath {}

    int LONGEST = 1_000;
    Pattern CONTENT = Pattern.compile("sha256/([0-9a-f]{64})(?:/([A-Za-z0-9._-]{1,100}))?");
    Pattern PATH = Pattern.compile(
            "(?!\\.{1,2}(?:/|$))[A-Za-z0-9._-]{1,100}(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._-]{1,100}){0,7}");

    /** Errors: INVALID. */
    static ArtifactPath parse(String told) {
        if (told.length() > LONGEST) {
            throw new RegistryException(
                    Kind.INVALID, "the artifact path has %d characters; use one of %d at most", told.length(), LONGEST);
        }
        String path = told.replaceAll("^/+|/+$", "");
        Matcher content = CONTENT.matcher(path);
        if (content.matches()) {
            var digest = new ContentDigest(content.group(1));
            return content.group(2) == null ? new Archive(digest) : new Member(digest, content.group(2));
        }
        if (path.equals("sha256") || path.startsWith("sha256/")) {
            throw new RegistryException(
                    Kind.INVALID, "\"%.120s\" is no content address; write `sha256/{64 hex digits}/{file}`", path);
        }
        if (!path.isEmpty() && !PATH.matcher(path).matches()) {
            throw new RegistryException(
                    Kind.INVALID,
                    "artifact path \"%.120s\" is not 1 to 8 names of letters, digits, `.`, `_` "
                            + "and `-`; name it otherwise",
                    path);
        }
        return new Staged(path);
    }
}
