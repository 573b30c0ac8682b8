/// What all behaviours have in common: how they start, the loop that receives, what `Sys` asks for, how they end.
@NullMarked
package dev.bureau.otp.gen;

import org.jspecify.annotations.NullMarked;
