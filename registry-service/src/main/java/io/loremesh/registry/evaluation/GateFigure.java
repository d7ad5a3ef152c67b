package io.loremesh.registry.evaluation;

import io.loremesh.proto.registry.v1.Comparison;
import io.loremesh.proto.registry.v1.GateResult;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a gate measured.
 *
 * @param value empty where it could not be measured; the gate is then not passed
 * @param n items measured; 0 with a value where there was nothing that could fail
 * @param interval 95 % interval of the value; empty where n is 0
 * @param detail what was measured, or why it could not be
 */
public record GateFigure(
        Gate gate, OptionalDouble value, double threshold, int n, Optional<Interval> interval, String detail) {

    static GateFigure measured(Gate gate, double threshold, double value, int n, Interval interval, String detail) {
        return new GateFigure(gate, OptionalDouble.of(value), threshold, n, Optional.of(interval), detail);
    }

    /** There is nothing that the gate could find fault with: the value is the best that it knows. */
    static GateFigure vacuous(Gate gate, double threshold, String detail) {
        double best = gate.comparison() == Comparison.COMPARISON_AT_LEAST ? 1 : 0;
        return new GateFigure(gate, OptionalDouble.of(best), threshold, 0, Optional.empty(), detail);
    }

    static GateFigure unmeasured(Gate gate, double threshold, String why) {
        return new GateFigure(gate, OptionalDouble.empty(), threshold, 0, Optional.empty(), why);
    }

    public boolean passed() {
        return value.isPresent() && gate.passes(value.getAsDouble(), threshold);
    }

    /** Why the version is rejected, a sentence. */
    String reason() {
        if (value.isEmpty()) {
            return "%s could not be measured: %s.".formatted(gate.id(), detail);
        }
        String asked = gate.comparison() == Comparison.COMPARISON_AT_LEAST ? "at least" : "at most";
        return "%s is %.3f over %d; %s %.3f is asked (%s)."
                .formatted(gate.id(), value.getAsDouble(), n, asked, threshold, detail);
    }

    GateResult toProto() {
        var result = GateResult.newBuilder()
                .setGate(gate.id())
                .setThreshold(threshold)
                .setComparison(gate.comparison())
                .setN(n)
                .setPassed(passed())
                .setDetail(detail);
        value.ifPresent(result::setValue);
        interval.ifPresent(bounds -> result.setLow(bounds.low()).setHigh(bounds.high()));
        return result.build();
    }
}
