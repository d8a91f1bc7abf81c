package io.slipway.targets;

/** The isolation levels that PostgreSQL really has; its READ UNCOMMITTED is READ COMMITTED. */
public enum Isolation {
    READ_COMMITTED,
    REPEATABLE_READ,
    SERIALIZABLE
}
