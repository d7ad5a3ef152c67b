package io.loremesh.cli;

import java.util.List;

/** Brings further commands along, in a jar that names its provider for {@link java.util.ServiceLoader}. */
public interface CommandProvider {

    /** Classes that picocli can make a command of. */
    List<Class<?>> commands();
}
