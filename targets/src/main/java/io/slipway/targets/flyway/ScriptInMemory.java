package io.slipway.targets.flyway;

import io.slipway.contracts.ScriptFile;
import java.io.Reader;
import java.io.StringReader;
import org.flywaydb.core.api.resource.LoadableResource;

/** One script as Flyway sees it; its path is the name below the location, as it would be in the history table. */
final class ScriptInMemory extends LoadableResource {
    private final ScriptFile file;

    ScriptInMemory(ScriptFile file) {
        this.file = file;
    }

    String content() {
        return file.content();
    }

    @Override
    public Reader read() {
        return new StringReader(file.content());
    }

    @Override
    public String getAbsolutePath() {
        return file.name();
    }

    /** There is none; Flyway uses it in messages. */
    @Override
    public String getAbsolutePathOnDisk() {
        return file.name();
    }

    @Override
    public String getFilename() {
        return ScriptResources.filename(file.name());
    }

    @Override
    public String getRelativePath() {
        return file.name();
    }
}
