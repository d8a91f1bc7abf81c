package io.slipway.contracts;

import org.jspecify.annotations.Nullable;

/**
 * The commit that the scripts of a plan were read from.
 *
 * @param repository as the request has it; never with credentials
 * @param revision what the request asked for
 * @param commit what that was when it was planned, as 40 or 64 hexadecimal digits
 * @param path the folder within the repository, absent for its top
 */
public record ScriptOrigin(
        String repository,
        String revision,
        String commit,
        @Nullable String path) {
    public ScriptOrigin {
        Required.present("origin.repository", repository);
        Required.present("origin.revision", revision);
        Required.present("origin.commit", commit);
    }
}
