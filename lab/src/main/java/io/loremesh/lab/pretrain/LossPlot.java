package io.loremesh.lab.pretrain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The loss over the tokens seen, as an SVG picture; each phase in its own colour. */
final class LossPlot {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 360;
    private static final int MARGIN = 44;
    private static final List<String> COLOURS =
            List.of("#4e79a7", "#f28e2b", "#59a14f", "#e15759", "#b07aa1", "#76b7b2", "#9c755f");

    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final int CURVE = 32;

    private final List<Point> points = new ArrayList<>();

    /** One mean of some twenty steps. */
    record Point(String phase, double millionTokens, double loss) {}

    void add(String phase, double millionTokens, double loss) {
        points.add(new Point(phase, millionTokens, loss));
    }

    /** Takes over what an interrupted run had plotted. */
    void addAll(List<Point> earlier) {
        points.addAll(earlier);
    }

    List<Point> points() {
        return List.copyOf(points);
    }

    /**
     * The last losses as one line of bars for a terminal, from the lowest to the highest among them; empty before the
     * first.
     */
    String curve() {
        List<Point> last = points.subList(Math.max(0, points.size() - CURVE), points.size());
        double low = last.stream().mapToDouble(Point::loss).min().orElse(0);
        double high = last.stream().mapToDouble(Point::loss).max().orElse(0);
        StringBuilder curve = new StringBuilder();
        for (Point point : last) {
            double height = high > low ? (point.loss() - low) / (high - low) : 0;
            curve.append(BARS.charAt((int) Math.min(BARS.length() - 1, height * BARS.length())));
        }
        return curve.toString();
    }

    void write(Path file) throws IOException {
        if (points.isEmpty()) {
            return;
        }
        double right = points.getLast().millionTokens();
        double top = points.stream().mapToDouble(Point::loss).max().orElse(1);
        StringBuilder svg = new StringBuilder(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\"".formatted(WIDTH, HEIGHT)
                        + " font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" "
                        + "height=\"100%\" fill=\"white\"/>\n");
        svg.append(text(MARGIN, 20, "loss, nats per answer token (top %.2f)", top));
        svg.append(text(WIDTH - 220, HEIGHT - 12, "tokens seen (right %.1f M)", right));
        List<String> phases = points.stream().map(Point::phase).distinct().toList();
        for (int i = 0; i < phases.size(); i++) {
            String phase = phases.get(i);
            String colour = COLOURS.get(i % COLOURS.size());
            StringBuilder line = new StringBuilder();
            for (Point point : points) {
                if (point.phase().equals(phase)) {
                    line.append(String.format(
                            Locale.ROOT,
                            "%.1f,%.1f ",
                            MARGIN + point.millionTokens() / right * (WIDTH - 2 * MARGIN),
                            HEIGHT - MARGIN - point.loss() / top * (HEIGHT - 2 * MARGIN)));
                }
            }
            svg.append("<polyline fill=\"none\" stroke=\"")
                    .append(colour)
                    .append("\" points=\"")
                    .append(line)
                    .append("\"/>\n");
            svg.append("<text x=\"")
                    .append(MARGIN + i * 60)
                    .append("\" y=\"")
                    .append(HEIGHT - 12)
                    .append("\" fill=\"")
                    .append(colour)
                    .append("\">")
                    .append(phase)
                    .append("</text>\n");
        }
        Files.writeString(file, svg.append("</svg>\n"));
    }

    private static String text(int x, int y, String format, double value) {
        return "<text x=\"%d\" y=\"%d\">%s</text>%n".formatted(x, y, String.format(Locale.ROOT, format, value));
    }
}
