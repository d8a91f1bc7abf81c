package io.slipway.validator.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.sql.ast.Name;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FootprintReaderTest {
    private static final Name ORDERS = Name.of("orders");

    @Test
    void saysWhatIsDoneToEachTable() {
        // When
        Footprint footprint = read("""
                ALTER TABLE orders ADD COLUMN state text;
                ALTER TABLE orders ALTER COLUMN id TYPE bigint;
                CREATE INDEX ON shop.lines (order_id);
                INSERT INTO states VALUES ('new');
                UPDATE customers SET active = true;
                DELETE FROM carts WHERE age > 3;
                TRUNCATE staging;
                """);

        // Then
        assertThat(footprint.uses())
                .containsEntry(ORDERS, Set.of(Use.ALTERS, Use.REWRITES))
                .containsEntry(new Name("shop", "lines"), Set.of(Use.INDEXES))
                .containsEntry(Name.of("states"), Set.of(Use.INSERTS))
                .containsEntry(Name.of("customers"), Set.of(Use.UPDATES_ALL))
                .containsEntry(Name.of("carts"), Set.of(Use.DELETES))
                .containsEntry(Name.of("staging"), Set.of(Use.TRUNCATES))
                .hasSize(6);
    }

    @Test
    void leavesOutWhatThePlanItselfCreates() {
        // When
        Footprint footprint = read("""
                CREATE SCHEMA depot;
                CREATE TABLE parcels (id bigint, order_id bigint REFERENCES orders);
                ALTER TABLE parcels ADD COLUMN weight int;
                CREATE TABLE depot.racks (id bigint);
                ALTER TABLE depot.racks RENAME TO shelves;
                DROP TABLE depot.shelves;
                CREATE SCHEMA yard
                  CREATE TABLE lanes (id bigint PRIMARY KEY, order_id bigint REFERENCES orders)
                  CREATE INDEX ON lanes (order_id);
                """);

        // Then
        assertThat(footprint.uses()).containsOnlyKeys(ORDERS).containsEntry(ORDERS, Set.of(Use.REFERENCES));
        assertThat(footprint.createsSchemas()).isTrue();
        assertThat(footprint.createsIn()).containsExactly("public");
    }

    @Test
    void followsTheSearchPathOfAScriptUntilItsEnd() {
        // Given
        FootprintReader reader = new FootprintReader("public");

        // When
        Footprint footprint = reader.read("V1__test.sql", "SET search_path TO shop; ALTER TABLE orders ADD a int")
                .read("V1__test.sql", "ALTER TABLE orders ADD b int")
                .footprint();

        // Then
        assertThat(footprint.uses()).containsOnlyKeys(new Name("shop", "orders"), ORDERS);
    }

    @Test
    void findsExtensionsAndWhatAsksForMoreThanATable() {
        // When
        Footprint footprint = read("""
                CREATE EXTENSION IF NOT EXISTS citext;
                CREATE EXTENSION postgis VERSION '3.4';
                ALTER SYSTEM SET work_mem = '1GB';
                """);

        // Then
        assertThat(footprint.extensions())
                .containsExactly(
                        new WantedExtension("citext", null, true), new WantedExtension("postgis", "3.4", false));
        assertThat(footprint.powers()).containsEntry(Power.SUPERUSER, "ALTER SYSTEM");
    }

    @Test
    void seesThatAPlanChangesItsRole() {
        assertThat(read("SET ROLE owner; ALTER TABLE orders ADD a int").changesRole())
                .isTrue();
        assertThat(read("SET work_mem = '1GB'").changesRole()).isFalse();
    }

    @Test
    void collectsEveryNameThatMayBeOne() {
        // When
        Set<String> words = read("DO $$ BEGIN EXECUTE 'ALTER TABLE Hidden ADD x int'; END $$; SELECT \"Mixed\".a")
                .words();

        // Then
        assertThat(words).contains("hidden", "Mixed", "a");
    }

    private static Footprint read(String sql) {
        return new FootprintReader("public").read("V1__test.sql", sql).footprint();
    }
}
