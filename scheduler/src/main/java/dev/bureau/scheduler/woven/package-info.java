/// What woven code calls, from any module.
package dev.bureau.scheduler.woven;
