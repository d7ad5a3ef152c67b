package io.loremesh.cli.teach;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether a text looks like data, so that what is broken or not understood is not taught as prose. */
final class DataLook {
    private static final Pattern JSON =
            Pattern.compile("\\s*(\\{|\\[\\s*([{\\[\"\\]]|-?\\d[\\d.eE+-]*\\s*[,\\]]\\s*[-\\d\"{\\[]|$))");
    private static final Pattern SENTENCE_END = Pattern.compile(".*[.!?。!?…::;;,,]\\s*");
    private static final int WORDS_OF_A_HEADING = 4;

    private DataLook() {}

    /** Whether it begins as JSON does. "[1] Smith" and "[Link](…)" do not. */
    static boolean isJson(String text) {
        return JSON.matcher(text).lookingAt() || FileJson.isJson(text) && !text.isBlank();
    }

    /** Whether most of its lines begin with an object: JSON lines, one or more of them broken. */
    static boolean isLines(String text) {
        List<String> lines = lines(text);
        return lines.stream().filter(line -> line.startsWith("{")).count() * 2 >= lines.size();
    }

    /** What keeps a text from being taught as prose, in words; empty where nothing does. */
    static Optional<String> problem(String text) {
        List<String> lines = lines(text);
        long objects = lines.stream()
                .filter(line -> line.startsWith("{") && FileJson.isJson(line))
                .count();
        if (objects * 2 >= lines.size() && objects > 0) {
            return Optional.of("looks like JSON lines and begins with something else; take that away");
        }
        int begin = 0;
        for (int line = 1; begin < text.length(); line++) {
            String rest = text.substring(begin);
            if (line > 1 && rest.length() * 2 < text.length()) {
                break;
            }
            if (JSON.matcher(rest).lookingAt() && FileJson.isJson(rest)) {
                return Optional.of("is JSON from line %d on; take away what stands before it".formatted(line));
            }
            int end = text.indexOf('\n', begin);
            begin = end < 0 ? text.length() : end + 1;
        }
        for (char separator : new char[] {'\t', ',', ';', '|'}) {
            if (isTable(lines, separator)) {
                return Optional.of(
                        "looks like a table; name it .csv or .tsv and give it a header with `question` and `answer`");
            }
        }
        return Optional.empty();
    }

    /** Every line has as many separators, and the first one is made of headings. */
    private static boolean isTable(List<String> lines, char separator) {
        if (lines.size() < 2) {
            return false;
        }
        long columns = count(lines.getFirst(), separator);
        return columns > 0
                && !SENTENCE_END.matcher(lines.getFirst()).matches()
                && lines.stream().allMatch(line -> count(line, separator) == columns)
                && List.of(lines.getFirst().split(Pattern.quote(String.valueOf(separator)))).stream()
                        .allMatch(cell -> cell.strip().split("\\s+").length <= WORDS_OF_A_HEADING);
    }

    private static long count(String line, char separator) {
        return line.chars().filter(c -> c == separator).count();
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}
