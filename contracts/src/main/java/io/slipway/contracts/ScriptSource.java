package io.slipway.contracts;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** Where the scripts of a request come from. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ScriptSource.Inline.class, name = "inline"),
    @JsonSubTypes.Type(value = ScriptSource.Directory.class, name = "directory")
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
}
