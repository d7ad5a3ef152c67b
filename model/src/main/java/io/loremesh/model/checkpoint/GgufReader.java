package io.loremesh.model.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A place in a GGUF file that moves forward and never past the end; what it refuses, it names with the file. */
final class GgufReader {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int MAX_NAME_BYTES = 1024;

    private final Path file;
    private final MemorySegment all;
    private long at;

    GgufReader(Path file, MemorySegment all) {
        this.file = file;
        this.all = all;
    }

    long limit() {
        return all.byteSize();
    }

    long position() {
        return at;
    }

    int integer(String subject) {
        return all.get(INT, advance(subject, Integer.BYTES));
    }

    /** A 64-bit word; what is unsigned there and too large for a long is negative here. */
    long word(String subject) {
        return all.get(LONG, advance(subject, Long.BYTES));
    }

    int octet(String subject) {
        return all.get(ValueLayout.JAVA_BYTE, advance(subject, 1)) & 255;
    }

    /** A count of things that each take {@code bytes} at least: never more than the rest of the file can hold. */
    long count(String subject, long most, int bytes) {
        long count = word(subject);
        if (count < 0 || count > most || count > (all.byteSize() - at) / bytes) {
            throw refusal(subject + " is " + Long.toUnsignedString(count) + ", more than the " + (all.byteSize() - at)
                    + " bytes that follow can hold or than the limit of " + most);
        }
        return count;
    }

    /** Steps over some bytes and returns where they begin. */
    long advance(String subject, long bytes) {
        if (bytes < 0 || bytes > all.byteSize() - at) {
            throw refusal(subject + " needs " + Long.toUnsignedString(bytes) + " bytes, but " + (all.byteSize() - at)
                    + " follow");
        }
        long begin = at;
        at += bytes;
        return begin;
    }

    /** A short text, in memory. */
    String name(String subject) {
        MemorySegment bytes = text(subject);
        if (bytes.byteSize() == 0 || bytes.byteSize() > MAX_NAME_BYTES) {
            throw refusal(subject + " has " + bytes.byteSize() + " bytes; 1 to " + MAX_NAME_BYTES + " are allowed");
        }
        return decode(subject, bytes);
    }

    /** The bytes of a text, in the file. */
    MemorySegment text(String subject) {
        long length = word(subject);
        return all.asSlice(advance(subject, length), length);
    }

    String decode(String subject, MemorySegment bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toArray(ValueLayout.JAVA_BYTE)))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw refusal(subject + " is not UTF-8");
        }
    }

    MemorySegment since(long begin) {
        return all.asSlice(begin, at - begin);
    }

    /** What follows at the next multiple of {@code alignment}. */
    MemorySegment rest(long alignment) {
        long begin = (at + alignment - 1) / alignment * alignment;
        return all.asSlice(Math.min(begin, all.byteSize()));
    }

    ModelFormatException refusal(String fact) {
        return new ModelFormatException(
                fact + " in " + file + ", at byte " + at + "; the file is corrupt or hostile: get it again");
    }
}
