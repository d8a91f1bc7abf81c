package io.slipway.contracts;

/**
 * A look at the target before anything runs there.
 *
 * @param critical whether a failure refuses the run
 * @param detail what was found, against what limit, and what to do
 */
public record PreMigrationCheck(String name, boolean passed, boolean critical, String detail) {
    public PreMigrationCheck {
        Required.text("name", name, 100);
        Required.present("detail", detail);
    }
}
