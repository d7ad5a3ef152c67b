package io.loremesh.trainer.dataset.practice;

import io.loremesh.model.checkpoint.ModelFormatException;
import io.loremesh.model.profile.BaseProfile;
import io.loremesh.trainer.dataset.Taught;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * The practices that are there: the product's own, and those that jars bring along. Immutable and safe for concurrent
 * use.
 */
public final class Practices {

    private final Map<String, PracticeProvider> byName = new TreeMap<>();

    private Practices(ClassLoader loader) {
        ServiceLoader.load(PracticeProvider.class, loader).forEach(provider -> byName.put(provider.name(), provider));
    }

    /** Those of this process's own class path. */
    public static Practices ofThisProcess() {
        return new Practices(Practices.class.getClassLoader());
    }

    /** Those of further jars, too. @param classPath their paths as a class path writes them; may be empty */
    public static Practices with(String classPath) {
        URL[] jars = Arrays.stream(classPath.split(File.pathSeparator))
                .filter(path -> !path.isBlank())
                .map(Practices::url)
                .toArray(URL[]::new);
        return new Practices(new URLClassLoader(jars, Practices.class.getClassLoader()));
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(
                    "loremesh.trainer.practices names %s, which is no path".formatted(path), e);
        }
    }

    /** @throws ModelFormatException if the practice that the base's profile names is not there */
    public void require(BaseProfile profile) {
        if (!profile.practice().isEmpty() && !byName.containsKey(profile.practice())) {
            String there = byName.isEmpty() ? "none" : String.join(", ", byName.keySet());
            throw new ModelFormatException(
                    ("the base's profile, %s beside its checkpoint, names the practice \"%s\", which is not on the"
                                    + " class path of its training process (there: %s); name the jar that brings it"
                                    + " along in loremesh.trainer.practices, or take the name out of the profile to"
                                    + " practise what the facts themselves give")
                            .formatted(BaseProfile.FILE, profile.practice(), there));
        }
    }

    /** @throws ModelFormatException if the practice that the base's profile names is not there */
    public Practice of(BaseProfile profile, Taught taught) {
        require(profile);
        return profile.practice().isEmpty()
                ? new FactPractice(taught)
                : byName.get(profile.practice()).practice(taught);
    }
}
