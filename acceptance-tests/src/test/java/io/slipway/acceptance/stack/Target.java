package io.slipway.acceptance.stack;

import io.slipway.contracts.TargetId;
import io.slipway.localstack.server.Database;

/** A registered target and its database, into which a trial looks directly. */
public record Target(TargetId id, Database database) {
    public Sql sql() {
        return new Sql(database);
    }

    public String name() {
        return id.name();
    }
}
