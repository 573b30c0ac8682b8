/// A Maven plugin that weaves a module's classes where the compiler put them.
@NullMarked
package dev.bureau.weaver.maven;

import org.jspecify.annotations.NullMarked;
