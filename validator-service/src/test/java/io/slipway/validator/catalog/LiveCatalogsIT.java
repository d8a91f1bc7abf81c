package io.slipway.validator.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.TableLock;
import io.slipway.localstack.server.SharedServers;
import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.Name;
import io.slipway.sql.catalog.Catalog;
import io.slipway.sql.catalog.Novelty;
import io.slipway.sql.catalog.Relation;
import io.slipway.sql.catalog.UserType;
import io.slipway.validator.catalog.LiveRelation.Concern;
import io.slipway.validator.footprint.Footprint;
import io.slipway.validator.footprint.FootprintReader;
import io.slipway.validator.forecast.Forecast;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LiveCatalogsIT {
    private static Connection target;

    @BeforeAll
    static void createSchema() throws SQLException {
        target = SharedServers.freshDatabase("catalogs").dataSource().getConnection();
        try (var statement = target.createStatement()) {
            statement.execute("""
                    CREATE SCHEMA shop;
                    CREATE TYPE shop.state AS ENUM ('new', 'done');
                    CREATE DOMAIN shop.email AS varchar(200) NOT NULL CONSTRAINT has_at CHECK (VALUE LIKE '%@%');
                    CREATE TABLE shop.customers (id bigint PRIMARY KEY, mail shop.email, "Odd name" text COLLATE "C");
                    CREATE TABLE shop.orders (
                        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                        customer bigint NOT NULL,
                        state shop.state DEFAULT 'new',
                        code varchar(20),
                        total numeric(10, 2),
                        twice numeric GENERATED ALWAYS AS (total * 2) STORED);
                    ALTER TABLE shop.orders ADD CONSTRAINT of_customer FOREIGN KEY (customer) REFERENCES shop.customers NOT VALID;
                    ALTER TABLE shop.orders ADD CONSTRAINT coded CHECK (code IS NOT NULL);
                    CREATE UNIQUE INDEX orders_code ON shop.orders (lower(code)) WHERE total > 0;
                    CREATE VIEW shop.open_orders AS SELECT id, code FROM shop.orders WHERE state <> 'done';
                    CREATE TABLE shop.events (at timestamptz NOT NULL, what text) PARTITION BY RANGE (at);
                    CREATE TABLE shop.events_old PARTITION OF shop.events FOR VALUES FROM (MINVALUE) TO ('2026-01-01');
                    CREATE TABLE shop.events_rest PARTITION OF shop.events DEFAULT;
                    CREATE INDEX ON shop.events (what);
                    CREATE FUNCTION shop.code() RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ''x''::text';
                    INSERT INTO shop.customers SELECT i, 'a@b', 'c' FROM generate_series(1, 20) i;
                    INSERT INTO shop.orders (customer, code, total) SELECT 1 + i % 20, i, i FROM generate_series(1, 5000) i;
                    INSERT INTO shop.events SELECT '2026-06-01', repeat('x', 200) FROM generate_series(1, 1000);
                    ANALYZE;
                    UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'shop.orders_code'::regclass;
                    """);
        }
    }

    @AfterAll
    static void disconnect() throws SQLException {
        target.close();
    }

    @Test
    void readsATableWithEverythingThatHangsOnIt() throws SQLException {
        // When
        LiveCatalog live = read("ALTER TABLE shop.orders ADD COLUMN note text DEFAULT shop.code()");

        // Then
        assertThat(live.unread()).isEmpty();
        assertThat(live.version().major()).isEqualTo(15);
        Relation orders = relation(live.catalog(), "orders");
        assertThat(orders.complete()).isTrue();
        assertThat(orders.novelty()).isEqualTo(Novelty.EXISTING);
        assertThat(orders.columns())
                .extracting(column -> column.name() + " " + column.type().text())
                .containsExactly(
                        "id bigint",
                        "customer bigint",
                        "state shop.state",
                        "code character varying(20)",
                        "total numeric(10,2)",
                        "twice numeric");
        assertThat(orders.provenNotNull("code")).isTrue();
        assertThat(orders.constraint("of_customer").map(Constraint::validated)).contains(false);
        assertThat(orders.index("orders_code").orElseThrow()).satisfies(index -> {
            assertThat(index.unique()).isTrue();
            assertThat(index.valid()).isFalse();
            assertThat(index.definition().mentions("code")).isTrue();
        });
        assertThat(orders.size()).satisfies(size -> {
            assertThat(size.rows()).isEqualTo(5000);
            assertThat(size.bytes()).isGreaterThan(100_000);
        });
        assertThat(live.catalog().viewsOn(new Name("shop", "orders")))
                .extracting(view -> view.name().local())
                .containsExactly("open_orders");
        assertThat(live.catalog().routine(new Name("shop", "code"))).isPresent();
        assertThat(relation(live.catalog(), "customers").columns()).hasSize(3);
    }

    @Test
    void readsPartitionsWithTheirParent() throws SQLException {
        // When
        Catalog catalog = read("ALTER TABLE shop.events ADD COLUMN who text").catalog();

        // Then
        assertThat(relation(catalog, "events").isPartitioned()).isTrue();
        assertThat(catalog.children(new Name("shop", "events")))
                .extracting(partition -> partition.name().local())
                .containsExactly("events_old", "events_rest");
        // The parent has no pages of its own: PostgreSQL keeps -1 for it.
        assertThat(relation(catalog, "events").size()).satisfies(size -> {
            assertThat(size.rows()).isEqualTo(1000);
            assertThat(size.bytes()).isGreaterThan(100_000);
        });
    }

    @Test
    void findsTheTablesOfATypeThatThePlanMentions() throws SQLException {
        // When
        Catalog catalog = read("ALTER DOMAIN shop.email ADD CONSTRAINT short CHECK (length(VALUE) < 100)")
                .catalog();

        // Then
        assertThat(catalog.tablesWith(new Name("shop", "email")))
                .extracting(table -> table.name().local())
                .containsExactly("customers");
        assertThat(catalog.type(new Name("shop", "email")))
                .get()
                .isInstanceOfSatisfying(UserType.DomainType.class, domain -> {
                    assertThat(domain.notNull()).isTrue();
                    assertThat(domain.constraints()).hasSize(1);
                });
    }

    @Test
    void leavesAloneWhatThePlanHasNothingToDoWith() throws SQLException {
        // When
        LiveRelations relations = relations(footprint("ALTER TABLE shop.customers ADD COLUMN note text"));

        // Then
        assertThat(relations.all())
                .extracting(relation -> relation.name().local(), LiveRelation::concern)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("customers", Concern.NAMED),
                        org.assertj.core.groups.Tuple.tuple("orders", Concern.RELATED));
    }

    @Test
    void tellsAFreeChangeOfATypeFromOneThatWritesTheTableAnew() throws SQLException {
        // When
        List<TableLock> free = forecast("ALTER TABLE shop.orders ALTER code TYPE varchar(40)");
        List<TableLock> rewriting = forecast("ALTER TABLE shop.orders ALTER customer TYPE int");

        // Then
        assertThat(free)
                .filteredOn(lock -> lock.table().equals("shop.orders"))
                .singleElement()
                .satisfies(lock -> {
                    assertThat(lock.mode()).isEqualTo("ACCESS EXCLUSIVE");
                    assertThat(lock.rewritten()).isFalse();
                });
        assertThat(rewriting)
                .filteredOn(lock -> lock.table().equals("shop.orders"))
                .singleElement()
                .satisfies(lock -> {
                    assertThat(lock.rewritten()).isTrue();
                    assertThat(lock.blockedFor()).isPositive();
                    assertThat(lock.line()).isEqualTo(1);
                });
    }

    private static List<TableLock> forecast(String sql) throws SQLException {
        LiveCatalog live = read(sql);
        return Forecast.of(footprint(sql).scripts(), live.catalog(), live.version(), false)
                .locks(table -> 10_000_000);
    }

    private static LiveCatalog read(String sql) throws SQLException {
        Footprint footprint = footprint(sql);
        LiveRelations relations = relations(footprint);
        return LiveCatalogs.read(
                target, relations, footprint.words(), RelationStore.sizes(target, relations), Footprint.OWN_SCHEMA);
    }

    private static LiveRelations relations(Footprint footprint) throws SQLException {
        return RelationStore.read(target, footprint.relations(), footprint.words(), Footprint.OWN_SCHEMA);
    }

    private static Footprint footprint(String sql) {
        return new FootprintReader(Footprint.OWN_SCHEMA)
                .read("V1__test.sql", sql)
                .footprint();
    }

    private static Relation relation(Catalog catalog, String name) {
        return catalog.relation(new Name("shop", name)).orElseThrow();
    }
}
