package io.loremesh.lab.curriculum;

/**
 * The marks that structure a sequence: {@code <q> question (<ctx> passage)* <a> answer <eos>}; their ids are their
 * ordinals.
 */
public enum Marker {
    PAD,
    CTX,
    Q,
    A,
    EOS;

    /** Ids below this one are marks and spares; those from it on may stand for anything. */
    public static final int FIRST_FREE_ID = 8;

    public int id() {
        return ordinal();
    }

    public String token() {
        return "<" + name().toLowerCase(java.util.Locale.ROOT) + ">";
    }
}
