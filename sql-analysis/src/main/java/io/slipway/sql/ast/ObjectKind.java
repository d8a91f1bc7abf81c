package io.slipway.sql.ast;

/** The kinds of object that a statement can create, rename or drop. */
public enum ObjectKind {
    TABLE,
    FOREIGN_TABLE,
    VIEW,
    MATERIALIZED_VIEW,
    INDEX,
    SEQUENCE,
    SCHEMA,
    DATABASE,
    TYPE,
    DOMAIN,
    /** Functions, procedures, aggregates. */
    ROUTINE,
    TRIGGER,
    POLICY,
    /** A rewrite rule. */
    RULE,
    STATISTICS,
    PUBLICATION,
    EXTENSION,
    TABLESPACE,
    SUBSCRIPTION,
    /** Everything else: roles, operators, text search, foreign servers. */
    OTHER;

    /** Whether its names share one name space with tables. */
    public boolean isRelation() {
        return switch (this) {
            case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW, INDEX, SEQUENCE -> true;
            case SCHEMA,
                    DATABASE,
                    TYPE,
                    DOMAIN,
                    ROUTINE,
                    TRIGGER,
                    POLICY,
                    RULE,
                    STATISTICS,
                    PUBLICATION,
                    EXTENSION,
                    TABLESPACE,
                    SUBSCRIPTION,
                    OTHER -> false;
        };
    }

    /** As SQL says it, in lower case: {@code materialized view}. */
    public String words() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
