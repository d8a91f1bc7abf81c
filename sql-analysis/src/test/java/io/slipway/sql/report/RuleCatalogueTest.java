package io.slipway.sql.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.sql.rule.Rule;
import io.slipway.sql.rule.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RuleCatalogueTest {
    private static final Path PAGE = Path.of("").toAbsolutePath().getParent().resolve("docs/rules.md");

    @Test
    void pageOfRulesSaysWhatTheRulesSay() throws IOException {
        // When
        String page = RuleCatalogue.markdown();

        // Then
        if (Boolean.getBoolean("slipway.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
        assertThat(page).contains(Rules.all().stream().map(Rule::id).toArray(String[]::new));
    }
}
