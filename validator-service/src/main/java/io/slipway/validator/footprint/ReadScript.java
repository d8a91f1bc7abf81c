package io.slipway.validator.footprint;

import io.slipway.sql.ast.Statement;
import java.util.List;

/** A script that runs, as it was read. */
public record ReadScript(String name, List<Statement> statements) {
    public ReadScript {
        statements = List.copyOf(statements);
    }
}
