//! Numbers to numbers: contingency tables, association, readability, inference, spread, resampling, edges of
//! networks. Never sees a string.

pub mod association;
pub mod contingency;
mod hypergeometric;
pub mod inference;
pub mod networks;
pub mod readability;
mod registry;
pub mod resample;
mod special;
pub mod spread;

pub use registry::{Family, Row, families};
