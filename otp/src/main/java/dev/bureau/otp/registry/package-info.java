/// What a registry is made of. Entries lie in tables that every process reads; a tree of processes cleans up after the dead.
///
/// Read [Directory], [Tables] and [Registering] first, then [PartitionLoop] and [RegistrySupervisor].
@NullMarked
package dev.bureau.otp.registry;

import org.jspecify.annotations.NullMarked;
