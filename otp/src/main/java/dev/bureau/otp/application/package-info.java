/// How applications do it: the controller of a node ([Controllers], [Controller], [Applications]), the two processes of
/// each application ([Master], [Callbacks]), who belongs to which ([Masters]), and the environment ([Environment]).
@NullMarked
package dev.bureau.otp.application;

import org.jspecify.annotations.NullMarked;
