package io.loremesh.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds the table of settings in the docs to the Javadoc. {@code -Dloremesh.settings.write=true} writes it anew. */
class SettingsTableTest {
    private static final Path ROOT = Path.of(System.getProperty("loremesh.root"));
    private static final String BEGIN = "<!-- settings: written from the Javadoc -->\n";
    private static final String END = "<!-- end of settings -->";

    @Test
    void theTableTellsEverySetting() throws Exception {
        Path page = ROOT.resolve("docs/settings.md");
        String table = Settings.table(ROOT);
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        if (Boolean.getBoolean("loremesh.settings.write")) {
            text = text.substring(0, begin) + table + text.substring(end);
            Files.writeString(page, text);
        }

        assertThat(text)
                .as("after a change of a setting: ./mvnw -pl cli -am test -Dtest=SettingsTableTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dloremesh.settings.write=true")
                .contains(BEGIN + table + END);
    }
}
