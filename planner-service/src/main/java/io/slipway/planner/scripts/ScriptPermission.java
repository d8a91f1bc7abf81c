package io.slipway.planner.scripts;

import java.util.List;

/**
 * Where the scripts for a target may come from.
 *
 * @param gitOnly whether they must come from a repository
 * @param repositories the URLs that are allowed, with {@code *} for any text within a segment; empty leaves it to the
 *     repositories of the planner's configuration
 */
public record ScriptPermission(boolean gitOnly, List<String> repositories) {
    /** For a target of which nothing is demanded. */
    public static final ScriptPermission UNRESTRICTED = new ScriptPermission(false, List.of());

    public ScriptPermission {
        repositories = List.copyOf(repositories);
    }
}
