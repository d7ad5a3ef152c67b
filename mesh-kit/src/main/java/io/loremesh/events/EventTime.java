package io.loremesh.events;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code time} attribute: RFC 3339 in every form that it allows (any offset, small letters, a space for the T, a
 * leap second, more digits than nanoseconds), within the years 1 to 9999 that protobuf's Timestamp can hold.
 */
final class EventTime {
    private static final Pattern RFC_3339 =
            Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})[Tt ](\\d{2}):(\\d{2}):(\\d{2})(?:\\.(\\d{1,100}))?"
                    + "(?:[Zz]|([+-])(\\d{2}):(\\d{2}))");
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private EventTime() {}

    static Instant parse(String text) throws UnreadableEventException {
        Matcher form = RFC_3339.matcher(text);
        if (!form.matches()) {
            throw new UnreadableEventException(
                    "attribute time is \"%.60s\", which is no RFC 3339 time of a year from 1 to 9999; write it like "
                                    .formatted(text)
                            + "2026-11-30T10:00:00Z");
        }
        try {
            return inRange(instant(form), text);
        } catch (DateTimeException e) {
            throw new UnreadableEventException("attribute time is \"%.60s\": %s".formatted(text, e.getMessage()), e);
        }
    }

    /** @param said the time as it was told */
    static Instant inRange(Instant time, String said) throws UnreadableEventException {
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw new UnreadableEventException(
                    "time %.60s lies outside the years 1 to 9999 of UTC; is it in seconds, not milliseconds?"
                            .formatted(said));
        }
        return time;
    }

    private static Instant instant(Matcher form) {
        int second = number(form, 6);
        // A leap second is told as the first moment of the next minute, as most clocks do.
        var local = LocalDateTime.of(
                number(form, 1),
                number(form, 2),
                number(form, 3),
                number(form, 4),
                number(form, 5),
                Math.min(second, 59));
        if (second > 60) {
            throw new DateTimeException("a minute has no second " + second);
        }
        Instant time = local.toInstant(offset(form));
        return second == 60 ? time.plusSeconds(1) : time.plusNanos(nanos(form.group(7)));
    }

    private static ZoneOffset offset(Matcher form) {
        if (form.group(8) == null) {
            return ZoneOffset.UTC;
        }
        int minutes = number(form, 9) * 60 + number(form, 10);
        if (number(form, 9) > 23 || number(form, 10) > 59) {
            throw new DateTimeException("no place on Earth has that offset");
        }
        // A ZoneOffset ends at 18 hours, RFC 3339 at 23:59.
        return ZoneOffset.ofTotalSeconds((form.group(8).equals("-") ? -60 : 60) * Math.min(minutes, 18 * 60));
    }

    private static int nanos(String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
    }

    private static int number(Matcher form, int group) {
        return Integer.parseInt(form.group(group));
    }
}
