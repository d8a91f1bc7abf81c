package io.slipway.sql.analyze;

import io.slipway.sql.ast.Statement;
import io.slipway.sql.catalog.Catalog;
import io.slipway.sql.catalog.TableSize;
import io.slipway.sql.parse.Parser;
import io.slipway.sql.rule.Environment;
import java.util.List;

/** The schema of a database by what made it. */
final class History {
    private History() {}

    static Catalog replay(List<Script> before, Environment environment) {
        Catalog catalog = new Catalog(environment.defaultSchema());
        for (Script script : before) {
            catalog.startScript();
            Parser.parse(script.sql()).forEach(statement -> apply(statement, catalog));
        }
        catalog.asExisting();
        environment
                .sizes()
                .known()
                .forEach((table, size) -> catalog.size(table, new TableSize(size.rows(), size.bytes())));
        return catalog;
    }

    private static void apply(Statement statement, Catalog catalog) {
        statement.parts().forEach(part -> apply(part, catalog));
        catalog.apply(statement);
    }
}
