package io.loremesh.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Against gguf-py; {@code src/test/python/golden_gguf.py} makes the file. {@code -Dloremesh.fuzz.inputs} says how many
 * spoilt files are tried.
 */
class GgufFileTest {
    private static final int INPUTS = Integer.getInteger("loremesh.fuzz.inputs", 20_000);

    private Path path;
    private GgufFile golden;

    @BeforeEach
    void open() throws Exception {
        path = Path.of(getClass().getResource("golden/elements.gguf").toURI());
        golden = GgufFile.open(path);
    }

    @AfterEach
    void close() {
        golden.close();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"I64", "I32", "U8"},
            mode = EnumSource.Mode.EXCLUDE)
    void everyElementTypeIsReadAsTheReferenceReadsIt(DType type) {
        TensorView stored = golden.tensor(type.name());
        TensorView expected = golden.tensor(type.name() + ".expected");

        assertThat(stored.dtype()).isEqualTo(type);
        assertThat(stored.shape()).containsExactly(expected.shape());
        assertThat(stored.toFloats()).containsExactly(expected.toFloats(), within(1e-5f));
    }

    @Test
    void aRowReadAloneIsThatRow() {
        TensorView stored = golden.tensor("Q4_K");
        float[] whole = stored.toFloats();
        int width = (int) stored.shape()[1];
        float[] second = new float[width];

        stored.read(width, MemorySegment.ofArray(second));

        assertThat(second).containsExactly(Arrays.copyOfRange(whole, width, 2 * width));
        assertThat(stored.rows("second", 1, 1).toFloats()).containsExactly(second);
    }

    @Test
    void metadataIsReadByItsKindAndRefusedByKeyOtherwise() {
        GgufMetadata metadata = golden.metadata();

        assertThat(metadata.text("golden.text")).isEqualTo("weights 权重");
        assertThat(metadata.integers("golden.integers")).containsExactly(3, -1, 7);
        assertThat(metadata.texts("golden.texts")).containsExactly("", "a", "乙");
        assertThat(metadata.real("golden.real")).isEqualTo(.5);
        assertThat(metadata.flag("golden.flag")).isTrue();
        assertThatThrownBy(() -> metadata.integer("golden.text"))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("golden.text");
        assertThatThrownBy(() -> metadata.text("golden.absent"))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("golden.absent");
    }

    @Test
    void countsAndLengthsBeyondTheFileAreRefusedBeforeAnythingIsMadeOfThem() {
        assertRefused(bytes -> bytes.putLong(8, Long.MAX_VALUE), "tensor count");
        assertRefused(bytes -> bytes.putLong(8, -1), "tensor count");
        assertRefused(bytes -> bytes.putLong(16, 1L << 40), "metadata count");
        assertRefused(bytes -> bytes.putLong(24, Long.MAX_VALUE), "metadata key 0");
        assertRefused(bytes -> bytes.putInt(4, 1), "version");
    }

    private interface Spoiling {
        void spoil(ByteBuffer bytes);
    }

    private void assertRefused(Spoiling spoiling, String named) {
        try {
            byte[] bytes = Files.readAllBytes(path);
            spoiling.spoil(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
            assertThatThrownBy(() -> parse(bytes))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageContaining(named);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /** Only words that name the file come out of a spoilt one, and whatever is taken can be read to its end. */
    @Test
    void aSpoiltFileIsRefusedOrReadWithinItsBytes() throws IOException {
        byte[] whole = small();
        int taken = 0;
        for (int i = 0; i < INPUTS; i++) {
            var random = new Random(i);
            byte[] bytes = random.nextInt(4) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            for (int changes = random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
                int at = random.nextInt(bytes.length);
                bytes[at] =
                        random.nextBoolean() ? (byte) random.nextInt() : (byte) (bytes[at] ^ 1 << random.nextInt(8));
            }
            try (GgufFile file = parse(bytes)) {
                taken++;
                readAll(file);
            } catch (ModelFormatException refused) {
                assertThat(refused).as("input %d", i).hasMessageContaining("spoilt.gguf");
            }
        }
        System.out.printf("fuzz: %,d GGUF files, %,d taken%n", INPUTS, taken);
        assertThat(taken).isBetween(1, INPUTS - 1);
    }

    private static void readAll(GgufFile file) {
        for (String name : file.names()) {
            file.tensor(name).toFloats();
        }
        GgufMetadata metadata = file.metadata();
        for (String key : metadata.keys()) {
            for (Runnable reading : new Runnable[] {
                () -> metadata.text(key), () -> metadata.texts(key), () -> metadata.integers(key),
                () -> metadata.reals(key), () -> metadata.real(key), () -> metadata.flag(key)
            }) {
                try {
                    reading.run();
                } catch (ModelFormatException refused) {
                    assertThat(refused).hasMessageContaining(key);
                }
            }
        }
    }

    private static GgufFile parse(byte[] bytes) {
        Arena arena = Arena.ofShared();
        try {
            MemorySegment all = arena.allocate(Math.max(1, bytes.length)).asSlice(0, bytes.length);
            MemorySegment.copy(bytes, 0, all, ValueLayout.JAVA_BYTE, 0, bytes.length);
            return GgufFile.parse(Path.of("spoilt.gguf"), arena, all);
        } catch (RuntimeException failure) {
            arena.close();
            throw failure;
        }
    }

    /** A file of a few hundred bytes, so that most changes hit its header. */
    private static byte[] small() {
        ByteBuffer out = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0x46554747).putInt(3).putLong(2).putLong(5);
        text(out, "general.alignment").putInt(4).putInt(32);
        text(text(out, "a").putInt(8), "some text");
        text(text(text(out, "b").putInt(9).putInt(8).putLong(2), "x"), "yz");
        text(out, "c").putInt(9).putInt(5).putLong(3).putInt(1).putInt(2).putInt(3);
        text(out, "d").putInt(6).putFloat(1.5f);
        text(out, "q").putInt(2).putLong(32).putLong(2).putInt(8).putLong(0);
        text(out, "f").putInt(1).putLong(4).putInt(0).putLong(96);
        out.position((out.position() + 31) / 32 * 32 + 96 + 16);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static ByteBuffer text(ByteBuffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return out.putLong(bytes.length).put(bytes);
    }
}
