package io.slipway.contracts;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the scripts of a request come from. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ScriptSource.Inline.class, name = "inline"),
    @JsonSubTypes.Type(value = ScriptSource.Directory.class, name = "directory"),
    @JsonSubTypes.Type(value = ScriptSource.Git.class, name = "git")
})
public sealed interface ScriptSource {

    /** The scripts travel in the request. */
    record Inline(List<ScriptFile> files) implements ScriptSource {
        public Inline {
            files = Required.list("scripts.files", files);
        }
    }

    /**
     * The planner reads them from a directory that its configuration allows.
     *
     * @param path absolute, or relative to the first allowed directory
     */
    record Directory(String path) implements ScriptSource {
        public Directory {
            Required.text("scripts.path", path, 4_000);
        }
    }

    /**
     * The planner fetches them from a Git repository that policy allows for the target.
     *
     * @param repository its URL without credentials: {@code https:}, {@code ssh:}, {@code file:}, or {@code user@host:path}
     * @param revision a branch, a tag, or a full commit hash
     * @param path the folder within it; absent means the top
     */
    record Git(String repository, String revision, @Nullable String path) implements ScriptSource {
        /** A password, or before an HTTP host any name, which may be a token. */
        private static final Pattern SECRET =
                Pattern.compile("^[a-z+.-]+://[^/]*:[^/]*@|^https?://[^/]*@", Pattern.CASE_INSENSITIVE);

        public Git {
            Required.text("scripts.repository", repository, 2_000);
            if (SECRET.matcher(repository).find()) {
                // Without the value: this message may be stored and shown.
                throw new IllegalArgumentException(
                        "'scripts.repository' has a user or password in its URL; credentials belong into the planner's configuration.");
            }
            Required.text("scripts.revision", revision, 250);
            if (path != null) {
                Required.text("scripts.path", path, 4_000);
            }
        }
    }
}
