package io.loremesh.lab.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.loremesh.model.statistic.Rate;
import java.util.Objects;

/**
 * One measurement; what does not apply is null and left out of the JSON.
 *
 * @param measure its name
 * @param value in {@code unit}
 * @param unit such as "ms" or "share"
 * @param n how many cases it rests on
 * @param low lower end of its 95 % interval
 * @param high upper end of its 95 % interval
 * @param target what it should reach
 * @param met whether it does
 * @param peer another program's figure for the same
 * @param ratio this value over the peer's
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Row(
        String measure,
        Double value,
        String unit,
        Integer n,
        Double low,
        Double high,
        Double target,
        Boolean met,
        Peer peer,
        Double ratio,
        String note) {

    /** Another program measured on the same task. */
    public record Peer(String name, String version, double value) {}

    public Row {
        Objects.requireNonNull(measure, "A row needs the name of its measure");
    }

    public static Row of(String measure, double value, String unit) {
        return new Row(measure, value, unit, null, null, null, null, null, null, null, null);
    }

    /** A share with its interval; a share of nothing has no value. */
    public static Row of(String measure, Rate rate) {
        return rate.measured()
                ? new Row(
                        measure, rate.value(), "share", rate.n(), rate.low(), rate.high(), null, null, null, null, null)
                : new Row(measure, null, "share", 0, null, null, null, null, null, null, "not measured");
    }

    /** A row whose value should be at least the target. */
    public Row atLeast(double wanted) {
        return judged(wanted, value != null && value >= wanted);
    }

    /** A row whose value should be at most the target. */
    public Row atMost(double wanted) {
        return judged(wanted, value != null && value <= wanted);
    }

    public Row beside(Peer other) {
        Double times = value == null || other.value() == 0 ? null : value / other.value();
        return new Row(measure, value, unit, n, low, high, target, met, other, times, note);
    }

    public Row noting(String text) {
        return new Row(measure, value, unit, n, low, high, target, met, peer, ratio, text);
    }

    private Row judged(double wanted, boolean reached) {
        return new Row(measure, value, unit, n, low, high, wanted, reached, peer, ratio, note);
    }
}
