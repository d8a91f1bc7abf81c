package io.slipway.planner.scripts;

/** The files in which a Flyway project keeps its settings, at the top of its folder. */
public final class ProjectFiles {
    public static final String TOML = "flyway.toml";
    public static final String CONF = "flyway.conf";

    private ProjectFiles() {}
}
