package io.slipway.policy;

import java.util.List;

/**
 * Where the scripts of a run may come from.
 *
 * @param gitOnly whether scripts inside a request and directories are refused
 * @param repositories Git addresses that may be read, exact or with {@code *} for any text within a segment; empty
 *     leaves it to the repositories of the planner's configuration
 */
public record ScriptPermission(boolean gitOnly, List<String> repositories) {
    /** For a target of which nothing is demanded. */
    public static final ScriptPermission UNRESTRICTED = new ScriptPermission(false, List.of());

    public ScriptPermission {
        repositories = List.copyOf(repositories);
    }
}
