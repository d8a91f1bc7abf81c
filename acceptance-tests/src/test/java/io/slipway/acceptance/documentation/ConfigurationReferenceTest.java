package io.slipway.acceptance.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceTest {
    private static final Path CHECKOUT = Path.of("").toAbsolutePath().getParent();
    private static final Path PAGE = CHECKOUT.resolve("docs/configuration.md");

    @Test
    void pageOfSettingsSaysWhatTheCodeSays() throws IOException {
        // When
        String page = ConfigurationReference.of(CHECKOUT);
        // Then
        if (Boolean.getBoolean("slipway.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
        assertThat(page).contains("`slipway.backup.directory`", "`slipway.targets.<name>.url`");
    }
}
