package io.loremesh.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Messages of any type, made from its descriptor: fields absent, plausible, extreme or hostile. What a seed makes it
 * makes again. Not safe for concurrent use.
 */
final class MessageFuzzer {
    private static final int DEEPEST = 5;

    private static final List<String> NAMES = List.of(
            "models/demo",
            "models/demo/versions/1",
            "models/demo/versions/99999999999999999999",
            "models/",
            "models/*",
            "models/demo/aliases/active",
            "models/demo/versions/active",
            "active",
            "candidate",
            "facts/00000000000000000000000000000000",
            "facts/a",
            "facts/",
            "documents/a",
            "documents/../x",
            "documents/a/passages/0",
            "runs/1",
            "evaluations/1",
            "models/demo/evaluations/1",
            "models/demo/trials/1",
            "models/demo/policies/1",
            "sha256:" + "0".repeat(64),
            "0".repeat(64),
            "en",
            "zh",
            "de-AT-x-y",
            "base");
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\t\n",
            "\u0000",
            "a\u0000b",
            "\u200B",
            "\uFEFF",
            "\uFFFE",
            "\u202E",
            "é",
            "e\u0301",
            "ＪＩＭ",
            "不知道",
            "unknown",
            "How old is JIM?",
            "JIM今年几岁？",
            "10",
            "-5",
            "1.5",
            "9:30",
            "10²",
            "NaN",
            "1e999",
            "null",
            "true",
            "{}",
            "[1]",
            "{\"a\":",
            "'; drop table facts; --",
            "%s%n%x",
            "${jndi:ldap://x}",
            "../../etc/passwd",
            "<script>alert(1)</script>",
            "\uD83C\uDF4E",
            "a AND (b OR",
            "*:*",
            "\"",
            "\\",
            "(((((((((",
            "~",
            "^",
            "text:[* TO *]",
            "2026-01-01T00:00:00Z",
            "+57888-05-12T10:00:00Z",
            "00000000-0000-0000-0000-000000000000",
            "<q>",
            "<ctx>",
            "<a>",
            "<eos>",
            "<|im_start|>system\n");
    private static final long[] LONGS = {
        0,
        1,
        -1,
        2,
        7,
        100,
        1_000,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 32,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        253_402_300_799L,
        253_402_300_800L,
        -62_135_596_800L,
        -62_135_596_801L
    };
    private static final double[] DOUBLES = {
        0,
        -0.0,
        1,
        -1,
        0.5,
        1.5,
        1e-300,
        1e300,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE
    };

    /** Shares of fields that are hostile: a message of plausible fields gets past the checks that come first. */
    private static final double[] HOSTILITY = {0, 0.05, 0.1, 0.2, 0.6, 1};

    private final Random random;
    private final double hostility;

    MessageFuzzer(long seed) {
        this.random = new Random(seed);
        this.hostility = HOSTILITY[random.nextInt(HOSTILITY.length)];
    }

    /** The bytes of a message of that type; one in twenty is damaged on the wire. */
    byte[] bytes(Descriptor type) {
        byte[] bytes = message(type, 0).toByteArray();
        return random.nextInt(20) == 0 ? damaged(bytes) : bytes;
    }

    Message message(Descriptor type) {
        return message(type, 0);
    }

    private Message message(Descriptor type, int depth) {
        var message = DynamicMessage.newBuilder(type);
        // Some have nearly every field, so that checks that follow other checks are reached.
        double share = random.nextBoolean() ? 0.9 : random.nextDouble();
        for (FieldDescriptor field : type.getFields()) {
            if (random.nextDouble() > share
                    || field.getContainingOneof() != null && message.hasOneof(field.getContainingOneof())) {
                continue;
            }
            if (!field.isRepeated()) {
                message.setField(field, value(field, depth));
                continue;
            }
            int count = random.nextInt(200) == 0 ? 1_500 : random.nextInt(4);
            if (field.isMapField() || field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                count = Math.min(count, depth > 0 ? 3 : 40);
            }
            for (int i = 0; i < count; i++) {
                message.addRepeatedField(field, value(field, depth));
            }
        }
        return message.build();
    }

    private Object value(FieldDescriptor field, int depth) {
        boolean plausible = random.nextDouble() >= hostility;
        return switch (field.getJavaType()) {
            case INT -> plausible ? random.nextInt(20) : (int) number();
            case LONG -> plausible ? plausibleLong(field) : number();
            case FLOAT -> plausible ? random.nextFloat() : (float) DOUBLES[random.nextInt(DOUBLES.length)];
            case DOUBLE -> plausible ? random.nextDouble() : DOUBLES[random.nextInt(DOUBLES.length)];
            case BOOLEAN -> random.nextBoolean();
            case STRING -> plausible ? plausibleText(field) : text();
            case BYTE_STRING ->
                ByteString.copyFrom(randomBytes(random.nextInt(random.nextInt(50) == 0 ? 100_000 : 64)));
            case ENUM -> enumValue(field.getEnumType(), plausible);
            case MESSAGE ->
                depth >= DEEPEST
                        ? DynamicMessage.getDefaultInstance(field.getMessageType())
                        : message(field.getMessageType(), depth + 1);
        };
    }

    /** What a field of that name usually holds, so that the call gets as far as it can. */
    private String plausibleText(FieldDescriptor field) {
        String owner = field.getContainingType().getName();
        String name = field.getName();
        if (name.equals("name") || name.equals("parent")) {
            return owner.contains("Version")
                    ? pick("models/demo/versions/1", "models/demo")
                    : owner.contains("BaseModel") || owner.contains("Policy")
                            ? pick("models/demo")
                            : owner.contains("Fact")
                                    ? pick("facts/a", "facts/b", "")
                                    : owner.contains("Document")
                                            ? pick("documents/a", "documents/b", "")
                                            : owner.contains("Run")
                                                    ? pick("runs/1", "runs/a")
                                                    : NAMES.get(random.nextInt(NAMES.size()));
        }
        if (name.contains("model")) {
            return "models/demo";
        }
        if (name.contains("version")
                || name.contains("candidate")
                || name.equals("base")
                || name.equals("to")
                || name.equals("from")) {
            return pick("models/demo", "models/demo/versions/1", "models/demo/versions/2");
        }
        if (name.contains("fact") || name.equals("supersedes") || name.equals("neighbours")) {
            return pick("facts/a", "facts/b", "facts/c");
        }
        if (name.contains("alias")) {
            return pick("active", "candidate", "previous", "mine");
        }
        if (name.contains("digest") || name.contains("sha256")) {
            return pick("0".repeat(64), "sha256:" + "0".repeat(64));
        }
        if (name.contains("page_token") || name.contains("filter")) {
            return "";
        }
        return pick(
                "How old is JIM?",
                "JIM今年几岁？",
                "10",
                "Graz",
                "en",
                "JIM is 10.",
                "likes",
                "https://example.org/a",
                "first");
    }

    private String pick(String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    private long plausibleLong(FieldDescriptor field) {
        return field.getName().equals("seconds")
                        && field.getContainingType().getName().equals("Timestamp")
                ? 1_790_000_000L + random.nextInt(50_000_000)
                : random.nextInt(20);
    }

    private Object enumValue(EnumDescriptor type, boolean plausible) {
        return !plausible && random.nextInt(2) == 0
                ? type.findValueByNumberCreatingIfUnknown((int) number())
                : type.getValues().get(random.nextInt(type.getValues().size()));
    }

    private long number() {
        return random.nextInt(4) == 0 ? random.nextInt(20) : LONGS[random.nextInt(LONGS.length)];
    }

    String text() {
        return switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> NAMES.get(random.nextInt(NAMES.size()));
            case 4, 5, 6, 7 -> TEXTS.get(random.nextInt(TEXTS.size()));
            case 8 -> TEXTS.get(random.nextInt(TEXTS.size())) + NAMES.get(random.nextInt(NAMES.size()));
            case 9 ->
                random.nextInt(40) == 0 ? "长x ".repeat(random.nextInt(40_000)) : "a".repeat(random.nextInt(3_000));
            default -> anyCharacters();
        };
    }

    /** Any code points but lone surrogates, which no string on the wire can hold. */
    private String anyCharacters() {
        var text = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            int point = random.nextInt(3) == 0 ? random.nextInt(0x110000) : random.nextInt(0x3000);
            text.appendCodePoint(point >= 0xD800 && point < 0xE000 ? '?' : point);
        }
        return text.toString();
    }

    byte[] damaged(byte[] bytes) {
        byte[] copy = bytes.clone();
        switch (random.nextInt(4)) {
            case 0 -> {
                return randomBytes(random.nextInt(200));
            }
            case 1 -> {
                return Arrays.copyOf(copy, random.nextInt(copy.length + 1));
            }
            case 2 -> {
                return Arrays.copyOf(copy, copy.length + random.nextInt(20));
            }
            default -> {
                for (int i = random.nextInt(4); i >= 0 && copy.length > 0; i--) {
                    copy[random.nextInt(copy.length)] = (byte) random.nextInt();
                }
                return copy;
            }
        }
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
