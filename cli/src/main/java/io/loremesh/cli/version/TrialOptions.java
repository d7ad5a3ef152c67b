package io.loremesh.cli.version;

import com.google.protobuf.util.Durations;
import io.loremesh.cli.terminal.Failure;
import io.loremesh.proto.registry.v1.CreateTrialRequest;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a version is to be tried before it is promoted. */
final class TrialOptions {
    @Option(
            names = "--canary",
            paramLabel = "PERCENT",
            description = "Give the version this share of the questions first, compare it with the "
                    + "active one, then promote or withdraw it.")
    private Double canary;

    @Option(
            names = "--shadow",
            paramLabel = "PERCENT",
            description = "As --canary, but ask it beside the active version and show nobody what it says.")
    private Double shadow;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "10m",
            converter = Time.class,
            description = "How long it is tried: 60s, 15m, 2h, 1d (default: ${DEFAULT-VALUE}).")
    private Duration time;

    /** Errors: {@link Failure}. */
    CreateTrialRequest.Builder request() {
        if (canary != null && shadow != null) {
            throw new Failure(
                    "--canary and --shadow exclude each other: a version's answers are shown or they are not");
        }
        if (canary == null && shadow == null) {
            throw new Failure("--for says how long a version is tried; say by --canary or --shadow how");
        }
        return CreateTrialRequest.newBuilder()
                .setShare((shadow == null ? canary : shadow) / 100)
                .setShadow(shadow != null)
                .setDuration(Durations.fromMillis(time.toMillis()));
    }

    /** {@code 60s}, {@code 15m}, {@code 2h}, {@code 1d}. */
    static final class Time implements ITypeConverter<Duration> {
        private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,6})([smhd])");

        @Override
        public Duration convert(String text) {
            Matcher match = FORM.matcher(text);
            if (!match.matches()) {
                throw new TypeConversionException("'%s' is no time; write 60s, 15m, 2h or 1d".formatted(text));
            }
            long count = Long.parseLong(match.group(1));
            return switch (match.group(2)) {
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
            };
        }
    }
}
