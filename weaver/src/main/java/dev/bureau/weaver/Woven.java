package dev.bureau.weaver;

import java.util.List;

/// What came of weaving a class.
///
/// @param classFile the class: the very array that was given when nothing changed
/// @param changed whether anything did
/// @param leftAlone what could have been polled and is not
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
public record Woven(byte[] classFile, boolean changed, List<LeftAlone> leftAlone) {}
