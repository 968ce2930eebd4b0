//! Numbers to numbers: contingency tables, association, readability, inference. Never sees a string.

pub mod association;
pub mod contingency;
mod hypergeometric;
pub mod inference;
mod special;
