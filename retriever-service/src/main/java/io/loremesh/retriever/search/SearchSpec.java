package io.loremesh.retriever.search;

import io.loremesh.model.answer.PlainText;
import io.loremesh.proto.retriever.v1.SearchMode;
import io.loremesh.proto.retriever.v1.SearchPassagesRequest;

/**
 * What is asked for, checked.
 *
 * @param query 1 to 2,000 characters
 * @param pageSize 1 to 100
 * @param language BCP 47; empty: any
 * @param minCredibility 0 to 1
 */
public record SearchSpec(String query, int pageSize, String language, Mode mode, double minCredibility) {
    private static final int MAX_QUERY = 2_000;
    private static final int MAX_LANGUAGE = 80;
    private static final int MAX_PAGE = 100;
    private static final int DEFAULT_PAGE = 5;

    /** How to rank. */
    public enum Mode {
        LEXICAL,
        VECTOR,
        FUSED
    }

    public SearchSpec {
        if (query.length() > MAX_QUERY) {
            throw new IllegalArgumentException(
                    "the query has %d characters; at most %d are accepted".formatted(query.length(), MAX_QUERY));
        }
        if (PlainText.of(query).isEmpty()) {
            throw new IllegalArgumentException("the query is empty; set `query`");
        }
        if (language.length() > MAX_LANGUAGE) {
            throw new IllegalArgumentException(
                    "`language` has %d characters; write a BCP 47 tag such as zh or en".formatted(language.length()));
        }
        if (pageSize < 1 || pageSize > MAX_PAGE) {
            throw new IllegalArgumentException(
                    "page_size is %d; ask for 1 to %d, or 0 for %d".formatted(pageSize, MAX_PAGE, DEFAULT_PAGE));
        }
        if (!(minCredibility >= 0 && minCredibility <= 1)) {
            throw new IllegalArgumentException(
                    "min_credibility is %s; it lies between 0 and 1".formatted(minCredibility));
        }
    }

    /** @throws IllegalArgumentException if the request is out of bounds; the message says how */
    public static SearchSpec of(SearchPassagesRequest request) {
        return new SearchSpec(
                request.getQuery(),
                request.getPageSize() == 0 ? DEFAULT_PAGE : request.getPageSize(),
                request.getLanguage(),
                mode(request.getMode()),
                request.getMinCredibility());
    }

    private static Mode mode(SearchMode mode) {
        return switch (mode) {
            case SEARCH_MODE_LEXICAL -> Mode.LEXICAL;
            case SEARCH_MODE_VECTOR -> Mode.VECTOR;
            case SEARCH_MODE_FUSED, SEARCH_MODE_UNSPECIFIED -> Mode.FUSED;
            case UNRECOGNIZED ->
                throw new IllegalArgumentException(
                        "the mode is not known to this version; use FUSED, LEXICAL or VECTOR");
        };
    }
}
