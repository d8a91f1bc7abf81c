package io.slipway.executor.execution;

import io.slipway.executor.flyway.UndoRow;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the executor service. */
@ConfigMapping(prefix = "slipway.executor")
public interface ExecutorConfig {
    /**
     * The least time between two progress events of a run; up to a second more passes between them. Shorter floods the
     * topic, longer looks dead to a person.
     */
    @WithDefault("1s")
    Duration progressInterval();

    /** How many progress events of a run keep to that interval; from then on there is one a minute. */
    @WithDefault("10000")
    int progressLimit();

    /**
     * How the history says that a version was taken back. {@code delete}: every edition of Flyway reads it.
     * {@code undo-sql}: as paid editions write it; the open one then refuses every command, Slipway does not.
     */
    @WithDefault("delete")
    UndoRow undoRow();
}
