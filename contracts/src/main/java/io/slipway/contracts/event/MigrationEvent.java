package io.slipway.contracts.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.slipway.contracts.TargetId;

/** Anything that is said about the migrations of a target. Unknown fields are for newer readers and are passed over. */
@JsonIgnoreProperties(ignoreUnknown = true)
public sealed interface MigrationEvent permits Request, Fact {
    /** The database it is about; also the partition key, so that all that happens to one database has one order. */
    TargetId target();
}
