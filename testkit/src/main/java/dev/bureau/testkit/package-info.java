/// What tests of processes need.
package dev.bureau.testkit;
