package io.slipway.validator.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.TableLock;
import io.slipway.sql.catalog.Catalog;
import io.slipway.sql.effect.ServerVersion;
import io.slipway.sql.parse.Parser;
import io.slipway.validator.footprint.FootprintReader;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ForecastTest {
    private static final long MIB = 1024 * 1024;

    @Test
    void holdsLocksUntilTheEndOfTheLastScriptOfAGroup() {
        assertThat(ordersClosedFor(false)).isZero();
        assertThat(ordersClosedFor(true)).isGreaterThan(Duration.ofSeconds(2));
    }

    private static Duration ordersClosedFor(boolean group) {
        Catalog catalog = new Catalog("public");
        Parser.parse("CREATE TABLE orders (id int); CREATE TABLE items (id int);")
                .forEach(catalog::apply);
        catalog.asExisting();
        FootprintReader reader = new FootprintReader("public");
        reader.read("V1__a.sql", "ALTER TABLE orders ADD COLUMN a int");
        reader.read("V2__b.sql", "CREATE INDEX items_id ON items (id)");
        return Forecast.of(reader.footprint().scripts(), catalog, ServerVersion.NEWEST, group)
                .locks(table -> 120 * MIB)
                .stream()
                .filter(lock -> lock.table().equals("public.orders"))
                .map(TableLock::blockedFor)
                .findFirst()
                .orElseThrow();
    }
}
