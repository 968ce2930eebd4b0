//! Profiles (stand-in).
