package io.loremesh.registry.version;

/**
 * A version that exists, or the bare base of a model.
 *
 * @param number counts from 1; 0 is the bare base
 */
public record VersionName(String model, int number) {
    /** Number of the bare base. */
    public static final int BARE = 0;

    public VersionName {
        if (number < BARE) {
            throw new IllegalArgumentException("versions count from 1, and %d is less than 0".formatted(number));
        }
    }

    public static VersionName bare(String model) {
        return new VersionName(model, BARE);
    }

    public boolean isBare() {
        return number == BARE;
    }

    /** Resource name: {@code models/{model}/versions/{number}}, or {@code models/{model}} for the bare base. */
    public String resource() {
        return isBare() ? "models/" + model : "models/%s/versions/%d".formatted(model, number);
    }

    /** Resource name where an empty text stands for the bare base. */
    public String resourceOrEmpty() {
        return isBare() ? "" : resource();
    }

    @Override
    public String toString() {
        return resource();
    }
}
