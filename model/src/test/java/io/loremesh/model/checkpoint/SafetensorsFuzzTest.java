package io.loremesh.model.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code -Dloremesh.fuzz.inputs} says how many headers are tried. */
class SafetensorsFuzzTest {
    private static final int INPUTS = Integer.getInteger("loremesh.fuzz.inputs", 20_000);
    private static final long DATA = 16;

    /** Sixteen bytes lie behind each of these headers. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                // All on one range.
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}",
                // One begins inside another.
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,16]}}",
                // A hole before, between, behind.
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[4,16]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,16]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}}",
                "{}",
                // Numbers that are no integers, metadata that is no text, a name twice.
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0.0,16]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4.0],\"data_offsets\":[0,16]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":\"4\",\"data_offsets\":[0,16]}}",
                "{\"__metadata__\":{\"x\":{}},\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}",
                "{\"__metadata__\":[],\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}",
                " {\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}",
            })
    void whatTheReferenceImplementationRefusesIsRefused(String header) {
        assertThatThrownBy(() -> SafetensorsHeader.parse("file", header.getBytes(UTF_8), DATA))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("file");
    }

    @Test
    void emptyTensorsAndScalarsCoverNothingAndAreTaken() {
        String header = "{\"e\":{\"dtype\":\"F32\",\"shape\":[0,5],\"data_offsets\":[8,8]},"
                + "\"a\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[0,8]},"
                + "\"s\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[8,16]}}   ";

        assertThat(SafetensorsHeader.parse("file", header.getBytes(UTF_8), DATA).entries())
                .extracting(SafetensorsHeader.Entry::name)
                .containsExactly("e", "a", "s");
    }

    @Test
    void aHeaderIsRefusedOrItsTensorsCoverTheFile() {
        int taken = 0;
        for (int i = 0; i < INPUTS; i++) {
            var random = new Random(i);
            long data = random.nextInt(64);
            byte[] header = header(random, data);
            try {
                List<SafetensorsHeader.Entry> entries =
                        SafetensorsHeader.parse("file", header, data).entries();
                taken++;
                var covered = new int[(int) data];
                for (SafetensorsHeader.Entry entry : entries) {
                    for (long at = entry.begin(); at < entry.end(); at++) {
                        covered[(int) at]++;
                    }
                }
                assertThat(covered).as("input %d", i).containsOnly(data == 0 ? new int[0] : new int[] {1});
            } catch (ModelFormatException refused) {
                assertThat(refused).as("input %d", i).hasMessageContaining("file");
            }
        }
        System.out.printf("fuzz: %,d safetensors headers, %,d taken%n", INPUTS, taken);
        assertThat(taken).isPositive();
    }

    /** Mostly sound, then spoilt: ranges moved, bytes changed, the end cut off. */
    private static byte[] header(Random random, long data) {
        var fields = new ArrayList<String>();
        long at = 0;
        for (int i = 0; at < data || i < 1; i++) {
            long length = Math.min(data - at, 1 + random.nextInt(20));
            long begin = random.nextInt(12) == 0 ? random.nextLong(-2, data + 2) : at;
            long end = random.nextInt(12) == 0 ? random.nextLong(-2, data + 2) : at + length;
            fields.add("\"t%d\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[%d,%d]}"
                    .formatted(random.nextInt(20) == 0 ? 0 : i, length, begin, end));
            at += length;
        }
        Collections.shuffle(fields, random);
        byte[] bytes = ("{" + String.join(",", fields) + "}").getBytes(UTF_8);
        for (int i = random.nextInt(4) == 0 ? random.nextInt(4) : 0; i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return random.nextInt(16) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
    }
}
