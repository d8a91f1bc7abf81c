package io.slipway.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the scripts of a plan run, beyond what Flyway's settings say. It is part of the plan's digest, because it decides what
 * names without a schema mean, whose the objects become, and how long locks are held.
 *
 * @param group whether all scripts share one transaction; else each has its own
 * @param runAs the role that they run as, where it is not the one that logs in
 * @param searchPath where names without a schema were looked for when the plan was made, in this order and behind the schemas
 *     of Flyway's settings; empty for the schema {@code public} alone
 */
public record RunMode(
        boolean group,
        @Nullable String runAs,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> searchPath) {

    public static final RunMode DEFAULT = new RunMode(false, null, List.of());

    private static final List<String> ORDINARY = List.of("public");

    public RunMode {
        searchPath = Required.list("mode.searchPath", searchPath);
        searchPath = searchPath.equals(ORDINARY) ? List.of() : searchPath;
    }

    /** Absent in a plan where nothing is out of the ordinary, so that such plans are what they were before there were modes. */
    @Nullable
    RunMode unlessDefault() {
        return equals(DEFAULT) ? null : this;
    }
}
