package io.loremesh.door;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header {@value #HEADER} by which a caller tells the trace that its call belongs to (W3C Trace Context, level 1).
 */
public final class TraceParent {
    public static final String HEADER = "traceparent";

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?");
    private static final String NO_TRACE = "0".repeat(32);

    private TraceParent() {}

    /**
     * The trace id, 32 hex digits.
     *
     * @param header null where the call has none; one that cannot be read counts as none, as the specification asks
     */
    public static Optional<String> traceId(String header) {
        Matcher match = FORM.matcher(header == null ? "" : header);
        return match.matches() && !match.group(1).equals(NO_TRACE) ? Optional.of(match.group(1)) : Optional.empty();
    }
}
