package io.slipway.localstack.demo;

import static io.slipway.localstack.demo.ExpectedEnd.DONE;
import static io.slipway.localstack.demo.ExpectedEnd.VALIDATION_FAILED;

import java.util.Locale;

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
    private static final String CURRENT_VERSION =
            "SELECT version::int FROM flyway_schema_history WHERE version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1";
    private static final String ROWS_IN_HISTORY =
            "SELECT count(*) FROM flyway_schema_history WHERE success AND type = 'SQL'";
    private static final String ADDRESSES_WITH_CODE = "addresses WHERE country_code IS NOT NULL";
    private static final String NEW_COLUMN =
            "EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'addresses'::regclass AND attname = 'country_code')";
    private static final String NEW_INDEX =
            "EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('addresses_country_code_idx') AND indisvalid)";

    private final Narrator narrator;
    private final SlipwayCommands slipway;
    private final ShopDatabase shop;
    private final AuditTrail audit;
    private int runs;

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
        request(DONE, "up", "--dir", MIGRATIONS, "--to", FIRST_RELEASE, "--reason", "First release");
        expect(
                shop.number(CURRENT_VERSION) == Integer.parseInt(FIRST_RELEASE),
                "the database is at version " + FIRST_RELEASE);
        narrator.tell("A year passes: customers come and order. (Sample data, a moment of patience.)");
        shop.fill();
        narrator.confirm("%s orders of %s customers, with %s items"
                .formatted(count("orders"), count("customers"), count("order_items")));
    }

    private void dryRun() {
        narrator.step("What would the next release do?", """
                Customers wrote their country as they liked; taxes need ISO codes. V13 adds the column, V14 fills the
                rows that are there, V15 builds an index. A dry run plans and validates, and changes nothing.""");
        request(DONE, "up", "--dir", MIGRATIONS, "--dry-run", "--reason", "Country codes: what would happen");
        expect(!shop.holds(NEW_COLUMN), "the database is as before: no column country_code");
    }

    private void migrate() {
        narrator.step("The next release", """
                Now for real. The index is built concurrently: the shop goes on selling meanwhile.""");
        request(DONE, "up", "--dir", MIGRATIONS, "--reason", "Country codes");
        expect(
                shop.holds("EXISTS (SELECT FROM %s)".formatted(ADDRESSES_WITH_CODE)),
                "%s of %s addresses have a country code; nobody knows what the rest was meant to be"
                        .formatted(count(ADDRESSES_WITH_CODE), count("addresses")));
        expect(shop.holds(NEW_INDEX), "the index is there and valid");
    }

    private void refuse() {
        narrator.step("A release that goes too far", """
                %s/refused/V16__tidy_up.sql drops a table, adds a required column and locks the payments.
                Validation refuses it and says why, and what to write instead.""".formatted(WITH_REFUSED));
        request(VALIDATION_FAILED, "up", "--dir", WITH_REFUSED, "--reason", "Tidy up");
        expect(
                shop.holds("EXISTS (SELECT FROM wish_list_entries)"),
                "the table is still there, with %s rows".formatted(count("wish_list_entries")));
    }

    private void rollBack() {
        narrator.step("One version back", """
                On call at night: orders are slow, the new index is suspected. Its undo script came with the release, so no
                file is needed now.""");
        request(DONE, "rollback", "--revision", "-1", "--reason", "Orders are slow since V15");
        expect(!shop.holds(NEW_INDEX), "the index is gone");
        expect(
                shop.holds("EXISTS (SELECT FROM %s)".formatted(ADDRESSES_WITH_CODE)),
                "V13 and V14 stay: %s addresses have their country code".formatted(count(ADDRESSES_WITH_CODE)));
    }

    private Tally history() {
        narrator.step("The history", """
                Who did what to the database, when and why; then all runs, those that changed nothing included.""");
        var tally = audit.after(runs);
        slipway.run(DONE, "history");
        slipway.run(DONE, "status");
        expect(
                tally.runs() == runs && tally.refused() == 1 && tally.rolledBack() == 1,
                "all %d runs are there, the refused one and the rollback, too".formatted(runs));
        expect(
                tally.applied() == shop.number(ROWS_IN_HISTORY),
                "the %d applied migrations are those of flyway_schema_history".formatted(tally.applied()));
        return tally;
    }

    private void request(ExpectedEnd end, String... arguments) {
        runs++;
        slipway.run(end, arguments);
    }

    /** The root locale, because some others group digits by what is not ASCII. */
    private String count(String rows) {
        return String.format(Locale.ROOT, "%,d", shop.number("SELECT count(*) FROM " + rows));
    }

    private void expect(boolean fulfilled, String fact) {
        if (!fulfilled) {
            throw new UnexpectedOutcome("Expected was that " + fact + "; it is not so.");
        }
        narrator.confirm(fact);
    }
}
