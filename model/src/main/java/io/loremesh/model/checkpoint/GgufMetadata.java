package io.loremesh.model.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A GGUF file's typed values by key. Values lie in the file and are read when asked for, so that opening one costs its
 * keys alone. A value of another kind than asked for is refused by its key.
 */
public final class GgufMetadata {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** The kinds of values, in the order of their codes, with their size in bytes; 0 where it varies. */
    private enum Kind {
        UINT8(1),
        INT8(1),
        UINT16(2),
        INT16(2),
        UINT32(4),
        INT32(4),
        FLOAT32(4),
        BOOL(1),
        STRING(0),
        ARRAY(0),
        UINT64(8),
        INT64(8),
        FLOAT64(8);

        private final int bytes;

        Kind(int bytes) {
            this.bytes = bytes;
        }
    }

    /** @param count of elements; 1 for a single value */
    private record Value(Kind kind, boolean array, long count, MemorySegment bytes) {}

    private final GgufReader reader;
    private final Map<String, Value> values;

    private GgufMetadata(GgufReader reader, Map<String, Value> values) {
        this.reader = reader;
        this.values = values;
    }

    static GgufMetadata read(GgufReader in, long count) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (long i = 0; i < count; i++) {
            String key = in.name("metadata key " + i);
            if (values.put(key, value(in, key)) != null) {
                throw in.refusal("Key " + key + " stands twice");
            }
        }
        return new GgufMetadata(in, values);
    }

    private static Value value(GgufReader in, String key) {
        Kind kind = kind(in, key);
        if (kind != Kind.ARRAY) {
            return single(in, key, kind);
        }
        Kind element = kind(in, key);
        if (element == Kind.ARRAY) {
            throw in.refusal("Key " + key + " holds arrays in an array, which is not supported");
        }
        long count = in.count(key, Integer.MAX_VALUE - 8, Math.max(element.bytes, element == Kind.STRING ? 8 : 1));
        long begin = in.position();
        if (element == Kind.STRING) {
            for (long i = 0; i < count; i++) {
                in.text(key);
            }
        } else {
            in.advance(key, count * element.bytes);
        }
        return new Value(element, true, count, in.since(begin));
    }

    private static Value single(GgufReader in, String key, Kind kind) {
        if (kind == Kind.STRING) {
            return new Value(kind, false, 1, in.text(key));
        }
        long begin = in.position();
        in.advance(key, kind.bytes);
        return new Value(kind, false, 1, in.since(begin));
    }

    private static Kind kind(GgufReader in, String key) {
        int code = in.integer("Key " + key);
        if (code < 0 || code >= Kind.values().length) {
            throw in.refusal("Key " + key + " has the unknown value type " + Integer.toUnsignedString(code));
        }
        return Kind.values()[code];
    }

    public Set<String> keys() {
        return Collections.unmodifiableSet(values.keySet());
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** @throws ModelFormatException if the key is absent or holds no text */
    public String text(String key) {
        Value value = value(key, false);
        if (value.kind() != Kind.STRING) {
            throw wrong(key, value, "a text");
        }
        return reader.decode("Key " + key, value.bytes());
    }

    /** @throws ModelFormatException if the key is absent or holds no integer */
    public long integer(String key) {
        Value value = value(key, false);
        return integer(key, value, 0);
    }

    /** @throws ModelFormatException if the key is absent or holds no number */
    public double real(String key) {
        Value value = value(key, false);
        return switch (value.kind()) {
            case FLOAT32, FLOAT64 -> real(key, value, 0);
            default -> integer(key, value, 0);
        };
    }

    /** @throws ModelFormatException if the key is absent or holds neither true nor false */
    public boolean flag(String key) {
        Value value = value(key, false);
        if (value.kind() != Kind.BOOL) {
            throw wrong(key, value, "true or false");
        }
        return value.bytes().get(ValueLayout.JAVA_BYTE, 0) != 0;
    }

    /** @throws ModelFormatException if the key is absent or holds no array of texts */
    public List<String> texts(String key) {
        Value value = value(key, true);
        if (value.kind() != Kind.STRING) {
            throw wrong(key, value, "an array of texts");
        }
        List<String> texts = new ArrayList<>((int) value.count());
        long at = 0;
        for (long i = 0; i < value.count(); i++) {
            long length = value.bytes().get(LONG, at);
            texts.add(reader.decode("Key " + key, value.bytes().asSlice(at + Long.BYTES, length)));
            at += Long.BYTES + length;
        }
        return texts;
    }

    /** @throws ModelFormatException if the key is absent or holds no array of integers */
    public long[] integers(String key) {
        Value value = value(key, true);
        long[] integers = new long[(int) value.count()];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = integer(key, value, i);
        }
        return integers;
    }

    /** @throws ModelFormatException if the key is absent or holds no array of real numbers */
    public double[] reals(String key) {
        Value value = value(key, true);
        double[] reals = new double[(int) value.count()];
        for (int i = 0; i < reals.length; i++) {
            reals[i] = real(key, value, i);
        }
        return reals;
    }

    private Value value(String key, boolean array) {
        Value value = values.get(key);
        if (value == null) {
            throw reader.refusal("Key " + key + " is missing");
        }
        if (value.array() != array) {
            throw wrong(key, value, array ? "an array" : "a single value");
        }
        return value;
    }

    private long integer(String key, Value value, long index) {
        MemorySegment bytes = value.bytes();
        long at = index * value.kind().bytes;
        return switch (value.kind()) {
            case UINT8 -> bytes.get(ValueLayout.JAVA_BYTE, at) & 255;
            case INT8 -> bytes.get(ValueLayout.JAVA_BYTE, at);
            case UINT16 -> bytes.get(SHORT, at) & 0xFFFF;
            case INT16 -> bytes.get(SHORT, at);
            case UINT32 -> Integer.toUnsignedLong(bytes.get(INT, at));
            case INT32 -> bytes.get(INT, at);
            case UINT64, INT64 -> bytes.get(LONG, at);
            case FLOAT32, FLOAT64, BOOL, STRING, ARRAY -> throw wrong(key, value, "an integer");
        };
    }

    private double real(String key, Value value, long index) {
        return switch (value.kind()) {
            case FLOAT32 -> Float.intBitsToFloat(value.bytes().get(INT, index * Float.BYTES));
            case FLOAT64 -> Double.longBitsToDouble(value.bytes().get(LONG, index * Double.BYTES));
            default -> throw wrong(key, value, "a real number");
        };
    }

    private ModelFormatException wrong(String key, Value value, String wanted) {
        return reader.refusal(
                "Key " + key + " holds " + (value.array() ? "an array of " : "") + value.kind() + ", not " + wanted);
    }
}
