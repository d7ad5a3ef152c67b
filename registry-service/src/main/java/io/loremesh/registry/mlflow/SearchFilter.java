package io.loremesh.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * MLflow's search filter: clauses joined by AND, each {@code name}, {@code tags.key} or another attribute, a
 * comparator, and a value in quotes, a number, or a list of values.
 */
record SearchFilter(List<Clause> clauses) {
    /** Attributes of models that can be searched by, as MLflow names them. */
    static final Set<String> OF_MODELS = Set.of("name", "creation_timestamp", "last_updated_timestamp");

    static final Set<String> OF_VERSIONS =
            Set.of("name", "version_number", "run_id", "source_path", "creation_timestamp", "last_updated_timestamp");

    private static final int LONGEST = 4_000;
    private static final Set<String> NUMBERS = Set.of("version_number", "creation_timestamp", "last_updated_timestamp");
    private static final String QUOTED = "'[^']*'|\"[^\"]*\"";
    private static final Pattern CLAUSE = Pattern.compile(
            "\\s*(?<tag>tags?\\s*\\.\\s*)?(?:attributes?\\.)?(?<key>[\\w.-]+|`[^`]*`|\"[^\"]*\")\\s*"
                    + "(?<comparator>!=|<=|>=|=|<|>|(?:not\\s+)?in\\b|i?like\\b)\\s*"
                    + "(?<value>" + QUOTED + "|-?\\d{1,18}|\\((?:\\s*(?:" + QUOTED + ")\\s*,?)++\\s*\\))\\s*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern AND = Pattern.compile("and\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern VALUE = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(-?\\d+)");

    /** Clients of MLflow ask for what is no prompt; a thing without this tag is none. */
    private static final String PROMPT = "mlflow.prompt.is_prompt";

    /**
     * @param comparator in lower case
     * @param values one, but for {@code in} and {@code not in}
     */
    record Clause(boolean tag, String key, String comparator, List<String> values) {
        boolean holds(JsonNode resource) {
            Optional<String> found = tag ? tagOf(resource) : attributeOf(resource);
            if (found.isEmpty()) {
                return key.equals(PROMPT)
                        && comparator.equals("!=") == values.getFirst().equals("true");
            }
            return NUMBERS.contains(key) && !tag
                    ? compares(Long.compare(Long.parseLong(found.get()), Long.parseLong(values.getFirst())))
                    : holdsFor(found.get());
        }

        private Optional<String> tagOf(JsonNode resource) {
            return resource.path("tags")
                    .valueStream()
                    .filter(told -> told.path("key").asText().equals(key))
                    .map(told -> told.path("value").asText())
                    .findFirst();
        }

        private Optional<String> attributeOf(JsonNode resource) {
            String field =
                    switch (key) {
                        case "version_number" -> "version";
                        case "source_path" -> "source";
                        default -> key;
                    };
            return Optional.of(resource.path(field).asText());
        }

        private boolean holdsFor(String text) {
            return switch (comparator) {
                case "=", "in" -> values.contains(text);
                case "!=", "not in" -> !values.contains(text);
                case "like" -> like(text, values.getFirst());
                default -> like(text.toLowerCase(Locale.ROOT), values.getFirst().toLowerCase(Locale.ROOT));
            };
        }

        private boolean compares(int order) {
            return switch (comparator) {
                case "=" -> order == 0;
                case "!=" -> order != 0;
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                default -> order >= 0;
            };
        }
    }

    /** Errors: INVALID. */
    static SearchFilter parse(String filter, Set<String> attributes) {
        if (filter.length() > LONGEST) {
            throw new RegistryException(
                    Kind.INVALID, "the filter has %d characters; write %d at most", filter.length(), LONGEST);
        }
        var clauses = new ArrayList<Clause>();
        int at = 0;
        while (!filter.substring(at).isBlank()) {
            if (!clauses.isEmpty()) {
                Matcher and = AND.matcher(filter).region(at, filter.length());
                if (!and.lookingAt()) {
                    throw unreadable(filter, at, "AND between two clauses");
                }
                at = and.end();
            }
            Matcher clause = CLAUSE.matcher(filter).region(at, filter.length());
            if (!clause.lookingAt()) {
                throw unreadable(
                        filter, at, "a clause such as name = 'demo', tags.`key` LIKE 'a%' or run_id IN ('1', '2')");
            }
            clauses.add(requireKnown(clause(clause), attributes));
            at = clause.end();
        }
        return new SearchFilter(List.copyOf(clauses));
    }

    boolean matches(JsonNode resource) {
        return clauses.stream().allMatch(clause -> clause.holds(resource));
    }

    /** The one model that can match; empty where there may be more. */
    Optional<String> onlyModel() {
        return clauses.stream()
                .filter(clause -> !clause.tag()
                        && clause.key().equals("name")
                        && clause.comparator().equals("="))
                .map(clause -> clause.values().getFirst())
                .findFirst();
    }

    private static Clause clause(Matcher match) {
        String key = match.group("key").replaceAll("^[`\"]|[`\"]$", "");
        String comparator = match.group("comparator").toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        var values = new ArrayList<String>();
        Matcher value = VALUE.matcher(match.group("value"));
        while (value.find()) {
            values.add(
                    value.group(1) != null ? value.group(1) : value.group(2) != null ? value.group(2) : value.group(3));
        }
        return new Clause(match.group("tag") != null, key, comparator, List.copyOf(values));
    }

    private static Clause requireKnown(Clause clause, Set<String> attributes) {
        boolean number = !clause.tag() && NUMBERS.contains(clause.key());
        Set<String> comparators =
                number ? Set.of("=", "!=", "<", "<=", ">", ">=") : Set.of("=", "!=", "like", "ilike", "in", "not in");
        if (!clause.tag() && !attributes.contains(clause.key())) {
            throw new RegistryException(
                    Kind.INVALID,
                    "the filter asks for \"%.40s\"; search by tags.key or one of %s",
                    clause.key(),
                    attributes.stream().sorted().toList());
        }
        if (!comparators.contains(clause.comparator())
                || number && !clause.values().getFirst().matches("-?\\d{1,18}")) {
            throw new RegistryException(
                    Kind.INVALID,
                    "the filter compares `%.40s` by %s with %.40s; compare %s by one of %s",
                    clause.key(),
                    clause.comparator(),
                    clause.values().getFirst(),
                    number ? "numbers" : "texts",
                    comparators.stream().sorted().toList());
        }
        return clause;
    }

    private static RegistryException unreadable(String filter, int at, String expected) {
        return new RegistryException(
                Kind.INVALID,
                "the filter cannot be read from \"%.60s\" on; write %s there",
                filter.substring(at),
                expected);
    }

    /** SQL's LIKE. Each % is tried where it ended last, so no pattern takes more than the product of both lengths. */
    static boolean like(String text, String pattern) {
        int at = 0;
        int next = 0;
        int wild = -1;
        int resume = 0;
        while (at < text.length()) {
            if (next < pattern.length() && pattern.charAt(next) == '%') {
                wild = next++;
                resume = at;
            } else if (next < pattern.length()
                    && (pattern.charAt(next) == '_' || pattern.charAt(next) == text.charAt(at))) {
                at++;
                next++;
            } else if (wild >= 0) {
                next = wild + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        return pattern.substring(next).chars().allMatch(rest -> rest == '%');
    }
}
