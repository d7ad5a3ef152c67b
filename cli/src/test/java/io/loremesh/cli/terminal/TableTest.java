package io.loremesh.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columnsAlignAlsoWhereCharactersAreTwoColumnsWide() {
        var bytes = new ByteArrayOutputStream();
        var terminal = new Terminal(new PrintStream(bytes, true, UTF_8), false);

        new Table("WHERE", "N").row("北京", 1).row("Paris", 12).print(terminal);

        assertThat(bytes.toString(UTF_8).lines()).containsExactly("WHERE  N", "北京   1", "Paris  12");
    }

    @Test
    void aTextIsCutToItsColumns() {
        assertThat(TextWidth.fit("北京市朝阳区", 7)).isEqualTo("北京市…");
        assertThat(TextWidth.fit("北京市朝阳区", 6)).isEqualTo("北京… ");
        assertThat(TextWidth.fit("ab", 4)).isEqualTo("ab  ");
    }
}
