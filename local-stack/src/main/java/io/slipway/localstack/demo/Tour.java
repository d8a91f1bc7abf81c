package io.slipway.localstack.demo;

import java.time.Duration;

/**
 * The steps of the demo on a stack that runs. Each shows a command with its real output, then looks into the shop's
 * database whether it did what it says.
 */
final class Tour {

    /** With the start of the stack, which comes before. */
    static final int STEPS = 7;

    private static final String MIGRATIONS = "examples/shop/migrations";
    private static final String WITH_REFUSED = "examples/shop";
    private static final String FIRST_RELEASE = "12";
    private static final int VALIDATION_FAILED = 2;

    /** Versions below 13, and the repeatable view. */
    private static final int FIRST_RELEASE_MIGRATIONS = 13;

    private static final int ALL_MIGRATIONS = 16;
    private static final int RUNS = 5;

    private static final String ROWS_IN_HISTORY =
            "SELECT count(*) FROM flyway_schema_history WHERE success AND type = 'SQL'";
    private static final String ADDRESSES_WITH_CODE = "SELECT count(*) FROM addresses WHERE country_code IS NOT NULL";
    private static final String NEW_COLUMN =
            "EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'addresses'::regclass AND attname = 'country_code')";
    private static final String NEW_INDEX =
            "EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('addresses_country_code_idx') AND indisvalid)";

    private final Narrator narrator;
    private final SlipwayCommands slipway;
    private final ShopDatabase shop;
    private final AuditTrail audit;

    Tour(Narrator narrator, SlipwayCommands slipway, ShopDatabase shop, AuditTrail audit) {
        this.narrator = narrator;
        this.slipway = slipway;
        this.shop = shop;
        this.audit = audit;
    }

    /** All steps in turn; the first that goes wrong ends the tour with an {@link UnexpectedOutcome}. */
    Tally walk() {
        openTheShop();
        dryRun();
        migrate();
        refuse();
        rollBack();
        return history();
    }

    private void openTheShop() {
        narrator.step("A shop goes live", """
                An empty database gets the first release: twelve versions and one repeatable migration from
                %s. It is planned, validated, backed up, applied and recorded.""".formatted(MIGRATIONS));
        slipway.run(0, "up", "--dir", MIGRATIONS, "--to", FIRST_RELEASE, "--reason", "First release");
        expect(
                shop.number(ROWS_IN_HISTORY) == FIRST_RELEASE_MIGRATIONS,
                "flyway_schema_history has all %d".formatted(FIRST_RELEASE_MIGRATIONS));
        var started = System.nanoTime();
        shop.fill();
        narrator.plain("");
        narrator.confirm("a year later: %,d orders of %,d customers with %,d items (sample data, made in %.1f s)"
                .formatted(
                        shop.number("SELECT count(*) FROM orders"),
                        shop.number("SELECT count(*) FROM customers"),
                        shop.number("SELECT count(*) FROM order_items"),
                        Duration.ofNanos(System.nanoTime() - started).toMillis() / 1000.0));
    }

    private void dryRun() {
        narrator.step("What would the next release do?", """
                Customers wrote their country as they liked; taxes need ISO codes. V13 adds the column, V14 fills the
                rows that are there, V15 builds an index. A dry run plans and validates, and changes nothing.""");
        slipway.run(0, "up", "--dir", MIGRATIONS, "--dry-run", "--reason", "Country codes: what would happen");
        expect(!shop.holds(NEW_COLUMN), "the database is as before: no column country_code");
    }

    private void migrate() {
        narrator.step("The next release", """
                Now for real. The index is built concurrently: the shop goes on selling meanwhile.""");
        slipway.run(0, "up", "--dir", MIGRATIONS, "--reason", "Country codes");
        var filled = shop.number(ADDRESSES_WITH_CODE);
        expect(
                filled > 0,
                "%,d of %,d addresses have a country code; nobody knows what the rest was meant to be"
                        .formatted(filled, shop.number("SELECT count(*) FROM addresses")));
        expect(shop.holds(NEW_INDEX), "the index is there and valid");
    }

    private void refuse() {
        narrator.step("A release that goes too far", """
                %s/refused/V16__tidy_up.sql drops a table, adds a required column and locks the payments.
                Validation refuses it and says why, and what to write instead.""".formatted(WITH_REFUSED));
        slipway.run(VALIDATION_FAILED, "up", "--dir", WITH_REFUSED, "--reason", "Tidy up");
        var entries = shop.number("SELECT count(*) FROM wish_list_entries");
        expect(entries > 0, "the table is still there, with %,d rows".formatted(entries));
    }

    private void rollBack() {
        narrator.step("One version back", """
                On call at night: orders are slow, the new index is suspected. Its undo script came with the release, so no
                file is needed now.""");
        slipway.run(0, "rollback", "--revision", "-1", "--reason", "Orders are slow since V15");
        expect(!shop.holds(NEW_INDEX), "the index is gone");
        var filled = shop.number(ADDRESSES_WITH_CODE);
        expect(filled > 0, "V13 and V14 stay: %,d addresses have their country code".formatted(filled));
    }

    private Tally history() {
        narrator.step("The history", """
                Who did what, when and why, attempts that failed included.""");
        var tally = audit.after(RUNS);
        slipway.run(0, "history");
        expect(
                tally.equals(new Tally(ALL_MIGRATIONS, 1, 1, RUNS)) && shop.number(ROWS_IN_HISTORY) == tally.applied(),
                "%d runs; the %d applied migrations are those of flyway_schema_history"
                        .formatted(tally.runs(), tally.applied()));
        return tally;
    }

    private void expect(boolean fulfilled, String fact) {
        if (!fulfilled) {
            throw new UnexpectedOutcome("Expected was that " + fact + "; it is not so.");
        }
        narrator.confirm(fact);
    }
}
