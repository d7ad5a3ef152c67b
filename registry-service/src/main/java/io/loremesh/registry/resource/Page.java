package io.loremesh.registry.resource;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * One page of a list. Its token is the key of the last row shown, so rows that come or go between two pages shift
 * nothing.
 *
 * @param size rows shown at most, 1 to 1,000
 * @param after key of the last row of the page before; empty for the first page
 */
public record Page(int size, String after) {
    private static final int LARGEST = 1_000;

    /** The rows of a page, and the token of the next; empty where this is the last. */
    public record Slice<T>(List<T> rows, String nextToken) {}

    /** The page that a request asks for. */
    public static Page of(int pageSize, int defaultSize, String token) {
        if (pageSize < 0 || pageSize > LARGEST) {
            throw new RegistryException(Kind.INVALID, "page_size is %d; set 1 to %d, or 0", pageSize, LARGEST);
        }
        return new Page(pageSize == 0 ? defaultSize : pageSize, decode(token));
    }

    /** The key as a number, for lists that are ordered by one. */
    public OptionalLong afterNumber() {
        try {
            return after.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(after));
        } catch (NumberFormatException e) {
            throw badToken();
        }
    }

    /** Cuts what was read, one row more than the page holds where there is one. */
    public <T> Slice<T> cut(List<T> read, Function<T, Object> key) {
        if (read.size() <= size) {
            return new Slice<>(read, "");
        }
        List<T> rows = read.subList(0, size);
        String last = key.apply(rows.getLast()).toString();
        return new Slice<>(rows, Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(UTF_8)));
    }

    private static String decode(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), UTF_8);
        } catch (IllegalArgumentException e) {
            throw badToken();
        }
    }

    private static RegistryException badToken() {
        return new RegistryException(Kind.INVALID, "page_token is not one of this list; send what the last page gave");
    }
}
