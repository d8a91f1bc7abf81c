package io.slipway.sql.effect;

import io.slipway.sql.catalog.Index;
import io.slipway.sql.catalog.Relation;
import io.slipway.sql.effect.TableScan.Why;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the actions of one ALTER TABLE want from the rows of one table. PostgreSQL reads them once for all of it, in what
 * its sources call phase 3.
 */
final class AlterPlan {
    private record NewIndex(String name, int passes) {}

    private final Draft draft;
    private final Relation table;
    private final Map<String, Boolean> rebuilt = new LinkedHashMap<>();
    private final List<NewIndex> created = new ArrayList<>();
    private final Set<Why> checks = new LinkedHashSet<>();
    private boolean checksProven = true;
    private @Nullable String rewrite;
    private boolean rewriteProven;

    AlterPlan(Draft draft, Relation table) {
        this.draft = draft;
        this.table = table;
    }

    Relation table() {
        return table;
    }

    /** A reason that is certain replaces one that is not. */
    void rewrite(String why, boolean proven) {
        if (rewrite == null || proven && !rewriteProven) {
            rewrite = why;
            rewriteProven = proven;
        }
    }

    void check(Why why, boolean proven) {
        checks.add(why);
        checksProven &= proven;
    }

    /** @param reused whether the index keeps its files, unless the table is rewritten */
    void rebuild(Index index, boolean reused) {
        rebuilt.merge(index.name(), reused, Boolean::logicalAnd);
    }

    void create(String index, int passes) {
        created.add(new NewIndex(index, passes));
    }

    void finish() {
        if (!table.kind().hasStorage()) {
            return;
        }
        boolean rewrites = rewrite != null;
        if (rewrite != null) {
            draft.rewrite(table, rewrite, true, rewriteProven);
            draft.scan(table.name(), Why.REWRITE, rewriteProven);
        } else if (!checks.isEmpty()) {
            draft.scan(table.name(), checks.iterator().next(), checksProven);
        }
        for (Index index : table.indexes()) {
            Boolean reused = rebuilt.get(index.name());
            if (rewrites || reused != null) {
                boolean keepsFiles = !rewrites && Boolean.TRUE.equals(reused);
                draft.lockIndex(table, index, LockMode.ACCESS_EXCLUSIVE);
                draft.build(table, index.name(), IndexBuild.Kind.REBUILT, keepsFiles);
                if (!keepsFiles) {
                    draft.scan(table.name(), Why.INDEX_BUILD, true);
                }
            }
        }
        for (NewIndex index : created) {
            draft.build(table, index.name(), IndexBuild.Kind.NEW, false);
            for (int pass = 0; pass < index.passes(); pass++) {
                draft.scan(table.name(), Why.INDEX_BUILD, true);
            }
        }
    }
}
