//! Syllables (stand-in).
/// count
pub fn stub() {}
