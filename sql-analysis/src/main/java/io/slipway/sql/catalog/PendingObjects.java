package io.slipway.sql.catalog;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;

/** A {@link Catalog}, asked only what the pending scripts have created so far. */
public final class PendingObjects {
    private final Catalog catalog;

    /** @param defaultSchema what a name without a schema means, unless the script sets another search path */
    public PendingObjects(String defaultSchema) {
        this(new Catalog(defaultSchema));
    }

    public PendingObjects(Catalog catalog) {
        this.catalog = catalog;
    }

    public Catalog catalog() {
        return catalog;
    }

    public void startScript() {
        catalog.startScript();
    }

    public Novelty relation(Name name) {
        return catalog.novelty(name);
    }

    public Novelty column(Name table, String column) {
        return catalog.novelty(table, column);
    }

    public Novelty schema(String name) {
        return catalog.schemaNovelty(name);
    }

    /** Whether two names mean one object, where only one of them may say its schema. */
    public boolean same(Name one, Name other) {
        return catalog.resolve(one).equals(catalog.resolve(other));
    }

    public Novelty database(String name) {
        return catalog.databaseNovelty(name);
    }

    /** Takes note of what the statement creates, renames or drops. Its parts are statements of their own. */
    public void apply(Statement statement) {
        catalog.apply(statement);
    }
}
