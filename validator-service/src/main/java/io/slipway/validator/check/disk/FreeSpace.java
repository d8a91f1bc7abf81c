package io.slipway.validator.check.disk;

/** How much of the volume is free, or why that is not known. */
sealed interface FreeSpace {
    record Known(long bytes) implements FreeSpace {}

    /** @param why a sentence */
    record Unknown(String why, String advice) implements FreeSpace {}
}
