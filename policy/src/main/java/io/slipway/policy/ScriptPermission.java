package io.slipway.policy;

import java.util.List;

/**
 * Where the scripts of a run may come from.
 *
 * @param gitOnly whether scripts inside a request and directories are refused
 * @param repositories Git addresses that may be read, exact or with {@code *} for a segment of the path; none: no repository
 */
public record ScriptPermission(boolean gitOnly, List<String> repositories) {
    public ScriptPermission {
        repositories = List.copyOf(repositories);
    }
}
