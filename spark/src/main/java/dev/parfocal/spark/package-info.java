/** Trials on Apache Spark: the driver asks and hears, executors start a process for each trial and pass its messages on. */
@NullMarked
package dev.parfocal.spark;

import org.jspecify.annotations.NullMarked;
