package io.loremesh.infra;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/**
 * What the child process is started with.
 *
 * @param dataDir where both keep their files
 * @param kafkaPort broker's port on localhost; 0: a free one
 * @param postgresPort database's port on localhost; 0: a free one
 * @param temporary the data need not survive a power failure, so nothing is flushed to disk
 * @param parts what is started
 */
record InfraOptions(Path dataDir, int kafkaPort, int postgresPort, boolean temporary, Parts parts) {
    /** Both, or one alone, so that each can be killed without the other. */
    enum Parts {
        BOTH,
        KAFKA,
        POSTGRES
    }

    private static final String USAGE =
            "usage: InfraMain --data-dir DIR [--kafka-port PORT] [--postgres-port PORT] [--temporary]"
                    + " [--only kafka|postgres]";

    InfraOptions {
        Objects.requireNonNull(dataDir, USAGE);
        dataDir = dataDir.toAbsolutePath().normalize();
    }

    static InfraOptions parse(String... args) {
        Path dataDir = null;
        int kafkaPort = 0;
        int postgresPort = 0;
        boolean temporary = false;
        Parts parts = Parts.BOTH;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--data-dir" -> dataDir = Path.of(value(args, ++i));
                case "--kafka-port" -> kafkaPort = Integer.parseInt(value(args, ++i));
                case "--postgres-port" -> postgresPort = Integer.parseInt(value(args, ++i));
                case "--temporary" -> temporary = true;
                case "--only" -> parts = Parts.valueOf(value(args, ++i).toUpperCase(Locale.ROOT));
                default -> throw new IllegalArgumentException("unknown option " + args[i] + "; " + USAGE);
            }
        }
        return new InfraOptions(dataDir, kafkaPort, postgresPort, temporary, parts);
    }

    boolean starts(Parts part) {
        return parts == Parts.BOTH || parts == part;
    }

    private static String value(String[] args, int index) {
        if (index == args.length) {
            throw new IllegalArgumentException("option " + args[index - 1] + " needs a value; " + USAGE);
        }
        return args[index];
    }
}
