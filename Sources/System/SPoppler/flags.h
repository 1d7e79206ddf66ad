// Only the flags of pkg-config are wanted; the library's headers are included by the C target.
