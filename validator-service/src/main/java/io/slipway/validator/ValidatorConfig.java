package io.slipway.validator;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bounds of a validation. */
@ConfigMapping(prefix = "slipway.validator")
public interface ValidatorConfig {

    /** How many findings a verdict carries, the worst first. Nobody reads more, and an event must stay small. */
    @WithDefault("200")
    int maxFindings();

    /**
     * How many findings of a verdict are kept here, to be read over HTTP. More than a plan of 5 MiB has, unless each of
     * its statements is wrong; they take some 6 MB then.
     */
    @WithDefault("10000")
    int maxKeptFindings();

    /** For how long a verdict is kept here. The audit keeps what the events say of it. */
    @WithDefault("90d")
    Duration keepVerdicts();

    /**
     * Where others reach this service, such as {@code https://validator.example.com}. It makes the links in verdicts
     * absolute; without it they are paths.
     */
    Optional<URI> publicUrl();

    /** For how long a target that does not answer is asked again. A restart of a server takes less. */
    @WithDefault("20s")
    Duration targetPatience();

    /** The pause before a target that did not answer is asked again; it doubles each time. */
    @WithDefault("500ms")
    Duration firstPause();

    /** How long one check may ask the target. Its questions are about catalogues and take milliseconds. */
    @WithDefault("2s")
    Duration checkTimeout();

    /** How long all checks together may ask the target; those that are left are reported as unknown. */
    @WithDefault("10s")
    Duration checkBudget();

    /**
     * Whether a critical check that cannot be answered refuses the run, such as one that the role may not see. Switch it
     * on where the role has {@code pg_monitor}.
     */
    @WithDefault("false")
    boolean unknownRefuses();

    /** What is different from the defaults, by the name of the check. */
    Map<String, CheckConfig> checks();

    /** Where the data of a target lies, by the name of the target. */
    Map<String, DiskConfig> disks();

    /** One check on the target. The table of checks has the defaults. */
    interface CheckConfig {
        /** Whether the check is made. Default: {@code true}. */
        Optional<Boolean> enabled();

        /** Whether a failure refuses the run. Default: see the table of checks in {@code docs/validation.md}. */
        Optional<Boolean> critical();

        /**
         * Up to where its figure is good, in the unit of the check: a number, a duration such as {@code 90s}, a size such
         * as {@code 2G}, or a percentage such as {@code 80%}. Default: see the table of checks.
         */
        Optional<String> limit();
    }

    /** The volume of one target. */
    interface DiskConfig {
        /** How large the volume of the data is. What the databases of the server and its WAL take is subtracted. */
        Optional<MemorySize> capacity();

        /**
         * A program and its arguments, separated by commas, which prints the free bytes of the volume; it wins over the
         * capacity. The environment has {@code SLIPWAY_TARGET}, {@code PGHOST}, {@code PGPORT} and {@code PGDATABASE}.
         */
        Optional<List<String>> command();
    }
}
