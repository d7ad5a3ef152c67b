package io.loremesh.model.checkpoint;

/**
 * Stored elements become 32-bit floats. The block types are those of ggml
 * (<a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">GGUF</a>): {@code x = d·q} or {@code x = d·q +
 * m} with a scale to each 32 elements, or, of the K types, to each 16 or 32 of a block of 256.
 */
final class ElementDecoder {
    private static final int SUPER = 256;

    private ElementDecoder() {}

    /** Decodes the first {@code blocks} blocks of {@code s} into the first elements of {@code y}. */
    static void decode(DType type, byte[] s, int blocks, float[] y) {
        for (int i = 0; i < blocks; i++) {
            int at = i * type.bytes();
            int out = i * type.blockElements();
            switch (type) {
                case F32 -> y[out] = Float.intBitsToFloat(integer(s, at));
                case F16 -> y[out] = half(s, at);
                case BF16 -> y[out] = Float.intBitsToFloat(unsignedShort(s, at) << 16);
                case Q4_0 -> q4(s, at + 2, half(s, at), -8 * half(s, at), y, out);
                case Q4_1 -> q4(s, at + 4, half(s, at), half(s, at + 2), y, out);
                case Q5_0 -> q5(s, at + 2, half(s, at), -16 * half(s, at), y, out);
                case Q5_1 -> q5(s, at + 4, half(s, at), half(s, at + 2), y, out);
                case Q8_0 -> q8(s, at, y, out);
                case Q2_K -> q2k(s, at, y, out);
                case Q3_K -> q3k(s, at, y, out);
                case Q4_K -> q4k(s, at, y, out);
                case Q5_K -> q5k(s, at, y, out);
                case Q6_K -> q6k(s, at, y, out);
                case I64, I32, U8 -> throw new IllegalArgumentException(type + " holds no real numbers");
            }
        }
    }

    private static void q4(byte[] s, int at, float d, float m, float[] y, int out) {
        for (int j = 0; j < 16; j++) {
            y[out + j] = d * (s[at + j] & 15) + m;
            y[out + j + 16] = d * (s[at + j] >> 4 & 15) + m;
        }
    }

    private static void q5(byte[] s, int at, float d, float m, float[] y, int out) {
        int high = integer(s, at);
        for (int j = 0; j < 16; j++) {
            int low = s[at + 4 + j];
            y[out + j] = d * (low & 15 | (high >> j & 1) << 4) + m;
            y[out + j + 16] = d * (low >> 4 & 15 | (high >> j + 16 & 1) << 4) + m;
        }
    }

    private static void q8(byte[] s, int at, float[] y, int out) {
        float d = half(s, at);
        for (int j = 0; j < 32; j++) {
            y[out + j] = d * s[at + 2 + j];
        }
    }

    // 16 bytes of scale and minimum, 4 bits each; 64 bytes of 2 bits; d; dmin.
    private static void q2k(byte[] s, int at, float[] y, int out) {
        float d = half(s, at + 80);
        float dmin = half(s, at + 82);
        for (int i = 0; i < SUPER; i++) {
            int scale = s[at + i / 16];
            int q = s[at + 16 + i / 128 * 32 + i % 32] >> 2 * (i / 32 % 4) & 3;
            y[out + i] = d * (scale & 15) * q - dmin * (scale >> 4 & 15);
        }
    }

    // 32 bytes of third bits; 64 bytes of 2 bits; 12 bytes of 16 scales, 6 bits each; d.
    private static void q3k(byte[] s, int at, float[] y, int out) {
        float d = half(s, at + 108);
        for (int i = 0; i < SUPER; i++) {
            int k = i / 16;
            int low = s[at + 96 + k % 8] >> 4 * (k / 8) & 15;
            int high = s[at + 104 + k % 4] >> 2 * (k / 4) & 3;
            int scale = (low | high << 4) - 32;
            int q = s[at + 32 + i / 128 * 32 + i % 32] >> 2 * (i / 32 % 4) & 3;
            int third = s[at + i % 32] >> i / 32 & 1;
            y[out + i] = d * scale * (q - (third == 1 ? 0 : 4));
        }
    }

    // d; dmin; 12 bytes of 8 scales and 8 minima, 6 bits each; 128 bytes of 4 bits.
    private static void q4k(byte[] s, int at, float[] y, int out) {
        float d = half(s, at);
        float dmin = half(s, at + 2);
        for (int k = 0; k < 8; k++) {
            float scale = d * scale(s, at + 4, k);
            float min = dmin * minimum(s, at + 4, k);
            int from = at + 16 + k / 2 * 32;
            for (int l = 0; l < 32; l++) {
                y[out + 32 * k + l] = scale * (s[from + l] >> 4 * (k % 2) & 15) - min;
            }
        }
    }

    // d; dmin; scales and minima as in Q4_K; 32 bytes of fifth bits; 128 bytes of 4 bits.
    private static void q5k(byte[] s, int at, float[] y, int out) {
        float d = half(s, at);
        float dmin = half(s, at + 2);
        for (int k = 0; k < 8; k++) {
            float scale = d * scale(s, at + 4, k);
            float min = dmin * minimum(s, at + 4, k);
            int from = at + 48 + k / 2 * 32;
            for (int l = 0; l < 32; l++) {
                int q = s[from + l] >> 4 * (k % 2) & 15 | (s[at + 16 + l] >> k & 1) << 4;
                y[out + 32 * k + l] = scale * q - min;
            }
        }
    }

    // 128 bytes of 4 bits; 64 bytes of 2 more; 16 signed scales; d.
    private static void q6k(byte[] s, int at, float[] y, int out) {
        float d = half(s, at + 208);
        for (int i = 0; i < SUPER; i++) {
            int half = i / 128;
            int quarter = i / 32 % 4;
            int l = i % 32;
            int low = s[at + half * 64 + quarter % 2 * 32 + l] >> 4 * (quarter / 2) & 15;
            int high = s[at + 128 + half * 32 + l] >> 2 * quarter & 3;
            y[out + i] = d * s[at + 192 + i / 16] * ((low | high << 4) - 32);
        }
    }

    private static int scale(byte[] s, int at, int k) {
        return k < 4 ? s[at + k] & 63 : s[at + k + 4] & 15 | (s[at + k - 4] >> 6 & 3) << 4;
    }

    private static int minimum(byte[] s, int at, int k) {
        return k < 4 ? s[at + k + 4] & 63 : s[at + k + 4] >> 4 & 15 | (s[at + k] >> 6 & 3) << 4;
    }

    private static float half(byte[] s, int at) {
        return Float.float16ToFloat((short) unsignedShort(s, at));
    }

    private static int unsignedShort(byte[] s, int at) {
        return s[at] & 255 | (s[at + 1] & 255) << 8;
    }

    private static int integer(byte[] s, int at) {
        return unsignedShort(s, at) | unsignedShort(s, at + 2) << 16;
    }
}
