package io.loremesh.cli.version;

import io.loremesh.proto.registry.v1.ModuleNorm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an adapter changed, as a table: a row for each layer, a column for each module.
 *
 * @param modules titles of the columns
 * @param rows by layer; −1 holds the maps that belong to no layer
 * @param most the largest norm
 */
record HeatMap(List<String> modules, Map<Integer, Map<String, ModuleNorm>> rows, double most) {
    static HeatMap of(List<ModuleNorm> norms) {
        var rows = new TreeMap<Integer, Map<String, ModuleNorm>>();
        norms.forEach(norm -> rows.computeIfAbsent(norm.hasLayer() ? norm.getLayer() : -1, layer -> new TreeMap<>())
                .put(norm.getModule(), norm));
        return new HeatMap(
                norms.stream().map(ModuleNorm::getModule).distinct().sorted().toList(),
                rows,
                norms.stream().mapToDouble(ModuleNorm::getNorm).max().orElse(0));
    }

    Optional<ModuleNorm> at(int layer, String module) {
        return Optional.ofNullable(rows.get(layer).get(module));
    }

    /** From 0, nothing, to 1, the most. */
    double heat(ModuleNorm norm) {
        return most == 0 ? 0 : norm.getNorm() / most;
    }

    static String layer(int layer) {
        return layer < 0 ? "" : String.valueOf(layer);
    }
}
