package io.slipway.planner.scripts;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * Keeps JGit from the machine's and the user's Git settings: an {@code insteadOf} there would lead a URL that is allowed to a
 * place that is not, and {@code sslVerify=false} would take any server for the right one.
 */
final class NoGitSettings extends SystemReader.Delegate {
    private static final Object ONCE = new Object();

    private NoGitSettings(SystemReader reader) {
        super(reader);
    }

    static void install() {
        synchronized (ONCE) {
            SystemReader before = SystemReader.getInstance();
            if (!(before instanceof NoGitSettings)) {
                SystemReader.setInstance(new NoGitSettings(before));
            }
        }
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    /** In no file; what JGit wants to remember about the file system stays in memory. */
    private static final class Empty extends FileBasedConfig {
        @SuppressWarnings("NullAway") // JGit's own way to say that there is no file
        private Empty(Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
