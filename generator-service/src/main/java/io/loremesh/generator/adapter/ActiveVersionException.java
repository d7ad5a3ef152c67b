package io.loremesh.generator.adapter;

/** A version that answers cannot be let go. */
public final class ActiveVersionException extends RuntimeException {
    ActiveVersionException(String name) {
        super("Version " + name + " answers now; move the alias active to another version first");
    }

    ActiveVersionException(Trial trial) {
        super("Version " + trial.version() + " is on trial; end the trial first, by CancelTrial");
    }
}
