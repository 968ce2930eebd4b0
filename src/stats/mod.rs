//! Numbers to numbers: contingency tables, association, readability, inference. Never sees a string.
