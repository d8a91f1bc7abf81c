package io.slipway.validator.check.server;

/**
 * How many transactions ago the oldest row version of a table or database was frozen.
 *
 * @param what such as {@code database shop}
 * @param age the higher of the ages of transaction ids and of multixact ids
 */
record TransactionAge(String what, long age) {}
