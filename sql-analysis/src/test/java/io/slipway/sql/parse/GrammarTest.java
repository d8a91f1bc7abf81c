package io.slipway.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrammarTest {
    private static final int LIMIT = 300;

    @Test
    void forgetsWhatItHasLearnedWhenThatBecomesTooMuch() {
        // Given
        Grammar grammar = new Grammar(LIMIT, 1);
        List<String> statements = ParserTest.statements()
                .map(arguments -> (String) arguments.get()[0])
                .toList();
        Grammar unbounded = new Grammar(Integer.MAX_VALUE, 1);
        statements.forEach(
                statement -> unbounded.parser(statement, new ArrayList<>()).sql());
        int most = 0;
        int forgotten = 0;

        // When
        for (int round = 0; round < 3; round++) {
            for (String statement : statements) {
                int before = grammar.states();
                grammar.parser(statement, new ArrayList<>()).sql();
                most = Math.max(most, grammar.states());
                forgotten += grammar.states() < before ? 1 : 0;
            }
        }

        // Then: only the last statement can have taken it beyond the limit.
        assertThat(forgotten).isPositive();
        assertThat(most).isLessThan(unbounded.states());
    }

    @Test
    void readsTheSameAfterItHasForgotten() {
        // Given
        Grammar forgetful = new Grammar(0, 1);
        Grammar usual = new Grammar(Integer.MAX_VALUE, 1);

        for (int round = 0; round < 20; round++) {
            // When
            List<Object> errors = new ArrayList<>();
            String tree = text(forgetful, errors);

            // Then
            assertThat(errors).isEmpty();
            assertThat(tree).isEqualTo(text(usual, errors));
        }
    }

    private static String text(Grammar grammar, List<Object> errors) {
        var parser = grammar.parser("ALTER TABLE a.t ADD c int DEFAULT 1 CHECK (c > 0), DROP COLUMN d", errors);
        return parser.sql().toStringTree(parser);
    }
}
