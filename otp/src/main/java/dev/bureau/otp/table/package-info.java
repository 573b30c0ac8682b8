/// How a table keeps its objects, and whose it is.
///
/// ## Threads
///
/// Everything here is used by any number of processes at once. A reader never waits. A writer waits only for another one
/// that inserts many, where that has put something in his way.
///
/// ## Reading order
///
/// 1. [Cell]: one key, and what can stand there. [Held] and [Values]: the forms of it.
/// 2. [Store] with [HashStore], [Slots] and [OrderedStore]: from keys to cells, and from each cell to the next.
/// 3. [Cells]: changing one cell, many at once ([Batch]), all; and what is left of the deleted while the table is fixed.
/// 4. [Ownership] with [Tenure]: who may do what, and what happens when the owner ends. [Tables]: the tables of a node.
@NullMarked
package dev.bureau.otp.table;

import org.jspecify.annotations.NullMarked;
