//! Numbers to numbers: contingency tables, association, readability, inference. Never sees a string.

pub mod association;
pub mod contingency;
mod hypergeometric;
pub mod inference;
pub mod readability;
mod registry;
mod special;

pub use registry::{Family, Row, families};
